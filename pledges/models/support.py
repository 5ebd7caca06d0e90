"""What people do with a pledge of somebody else: like it, or join it."""

from django.db import models
from django.db.models import Q

from pledges.models.people import User
from pledges.models.pledges import Pledge


class Like(models.Model):
    """A person likes a pledge: once, until undone."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="like_set", db_index=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="likes")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "person"], name="pledges_like_once")
        ]
        indexes = [
            # The days at the ends of a span that are not whole months.
            models.Index(fields=["created_at"], include=["pledge"], name="pledges_like_day")
        ]

    def __str__(self) -> str:
        return f"{self.person} likes {self.pledge_id}"


class Join(models.Model):
    """A person makes somebody's pledge their own part of it: once, until undone.

    `text` is the wording that was joined: a correction by the author does not change what the
    joiner promised. Done, story and certificate are the joiner's own.
    """

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="join_set", db_index=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="joins")
    text = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "person"], name="pledges_join_once")
        ]
        indexes = [
            # Who may be reminded on a Change Day, some at a time.
            models.Index(
                fields=["id"], condition=Q(done_at__isnull=True), name="pledges_join_open"
            ),
            models.Index(fields=["created_at"], include=["pledge"], name="pledges_join_day"),
            models.Index(
                fields=["done_at"],
                include=["pledge"],
                condition=Q(done_at__isnull=False),
                name="pledges_join_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} joined {self.pledge_id}"
