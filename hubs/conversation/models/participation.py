"""What people do with a post of somebody else: support it, follow it, do something about it."""

from django.db import models
from django.utils import timezone

from hubs.conversation.models.posts import Post
from pledges.accounts.models import User
from pledges.pledging.models import Pledge


class Support(models.Model):
    """A person supports a post: once, until undone."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="supports", db_index=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "person"], name="conversation_support_once")
        ]
        indexes = [
            # What rose of late.
            models.Index(
                fields=["created_at"], include=["post"], name="conversation_support_lately"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} supports {self.post_id}"


class Follow(models.Model):
    """A person wants to hear of what is said about a post; `told_at`: all before it is told."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="follows", db_index=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "person"], name="conversation_follow_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} follows {self.post_id}"


class Deed(models.Model):
    """A pledge that somebody made because of a post: both pages show the other."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="deeds", db_index=False)
    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="posts")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "pledge"], name="conversation_deed_once")
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id} for {self.post_id}"
