"""Which posts of the conversation are talked about at which events."""

from django.db import models

from hubs.conversation.models import Post
from hubs.models.events import Event


class Discussion(models.Model):
    """A post that an event is about.

    Who said so is not kept: it may be whoever wrote the post, and is nobody's to know.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="discussions")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "post at an event"
        verbose_name_plural = "posts at events"
        constraints = [
            models.UniqueConstraint(fields=["event", "post"], name="hubs_discussion_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.post_id}"
