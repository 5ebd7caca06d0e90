"""What is nobody's to see: who is anonymous, who looked, what is drafted, who wants mails."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply, Voice
from pledges.accounts.models import User


class Veil(models.Model):
    """Who wrote something anonymous: apart from it, so that nothing that lists posts can tell."""

    post = models.OneToOneField(Post, models.CASCADE, null=True, blank=True, related_name="veil")
    reply = models.OneToOneField(Reply, models.CASCADE, null=True, blank=True, related_name="veil")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, reply__isnull=True)
                | Q(post__isnull=True, reply__isnull=False),
                name="conversation_veil_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"Veil {self.pk}"


class Safeguarding(models.Model):
    """An operator asked who is anonymous, for somebody's safety, and was told. None is changed."""

    class Ground(models.TextChoices):
        HARM = "harm", _("Somebody may come to harm")
        CHILD = "child", _("A child or an adult at risk may need protection")
        CRIME = "crime", _("A crime may have happened, or may be about to")

    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    reply = models.ForeignKey(Reply, models.SET_NULL, null=True, blank=True, related_name="+")
    ground = models.CharField(max_length=10, choices=Ground)
    words = models.TextField(max_length=1000)
    opened_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "safeguarding report"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} ({self.opened_at:%Y-%m-%d})"


class Answering(models.Model):
    """A post on somebody's desk: who is to answer it, and the draft so far."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="answering")
    assigned_to = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    draft = models.TextField(max_length=2000, blank=True)
    voice = models.SmallIntegerField(choices=Voice, null=True, blank=True)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Answering {self.post_id}"


class Reader(models.Model):
    """What mails of the conversation a person gets, and when they had the last digest."""

    person = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    no_mails_since = models.DateTimeField(null=True, blank=True)
    digest_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Reader {self.person_id}"
