"""Replies: threads of two levels, some of them official answers."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.areas.models import Area
from hubs.conversation.models.authorship import IN_VIEW, Written, signed_as_said
from hubs.conversation.models.posts import POSTS_LAYER, Post
from hubs.conversation.models.querysets import ReplyQuerySet

REPLIES_LAYER = POSTS_LAYER + 1
LONGEST = 2000


class Voice(models.IntegerChoices):
    """For whom somebody answers officially."""

    NATIONAL = 1, gettext_lazy("The national team")
    HUB = 2, gettext_lazy("The hub of a region")


class Reply(Written):
    """A reply to a post or, with `parent`, to a reply; to that there is none.

    With a `voice` it is an official answer; `area` is then the region of the hub that gives it.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="replies")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="answers"
    )
    text = models.TextField(max_length=LONGEST)
    voice = models.SmallIntegerField(choices=Voice, null=True, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    # So that a case goes with what it is about.
    cases = GenericRelation("pledges.Case")

    public = models.GeneratedField(
        expression=Q(**IN_VIEW), output_field=models.BooleanField(), db_persist=True
    )

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            signed_as_said("conversation_reply_signed_as_said"),
            models.CheckConstraint(
                name="conversation_reply_voice_of_a_hub",
                condition=Q(voice__isnull=True, area__isnull=True)
                | Q(voice=1, area__isnull=True, signed=2)
                | Q(voice=2, area__isnull=False, signed=2),
            ),
        ]
        indexes = [
            models.Index(
                fields=["post", "created_at", "id"],
                condition=Q(public=True),
                name="conversation_reply_thread",
            ),
            # Those that a moderator let through, which are few: the digest looks for them by post.
            models.Index(
                fields=["post", "confirmed_at"],
                condition=Q(public=True, confirmed_at__gt=F("created_at")),
                name="conversation_reply_late",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def official(self) -> bool:
        return self.voice is not None

    @property
    def signature(self) -> str:
        """An official answer is signed by whoever it speaks for, and not by who wrote it."""
        return self.spoken_by or super().signature

    @property
    def spoken_by(self) -> str:
        """Who gives an official answer, as it is shown."""
        if self.voice == Voice.HUB:
            return _("The hub of %(region)s") % {"region": self.area.local_name}
        return str(Voice.NATIONAL.label) if self.voice else ""
