"""What comes after the promise: stories, certificates, reminders."""

from django.db import models
from django.db.models import Q

from geo.models import Upload
from pledges.models.people import User
from pledges.models.pledges import Pledge
from pledges.models.support import Join


class Story(models.Model):
    """What became of a pledge, told by its author or by one who joined (then `join` is set)."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="stories")
    join = models.OneToOneField(Join, models.CASCADE, null=True, blank=True, related_name="story")
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="stories")
    text = models.TextField(max_length=3000)
    difference = models.TextField(max_length=1000, blank=True)
    picture = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+")
    picture_alt = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    held_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge"],
                condition=Q(join__isnull=True),
                name="pledges_story_one_of_the_author",
            )
        ]
        indexes = [
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(hidden_at__isnull=True, held_at__isnull=True),
                name="pledges_story_newest",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Certificate(models.Model):
    """A done pledge on paper. `number` cannot be guessed; the name is kept as printed."""

    number = models.CharField(max_length=20, primary_key=True)
    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="certificates")
    join = models.ForeignKey(
        Join, models.CASCADE, null=True, blank=True, related_name="certificates"
    )
    person = models.ForeignKey(User, models.CASCADE, related_name="certificates")
    name = models.CharField(max_length=100)
    done_on = models.DateField()
    issued_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.number


class Reminder(models.Model):
    """A reminder that was sent, at most three a part; `occasion` makes each one once."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="reminders")
    join = models.ForeignKey(Join, models.CASCADE, null=True, blank=True, related_name="reminders")
    occasion = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "join", "occasion"],
                nulls_distinct=False,
                name="pledges_reminder_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id} {self.occasion}"
