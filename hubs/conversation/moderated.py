"""Posts and replies as readers report them and moderators decide about them."""

import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hubs.conversation.actions import settle_answered, show_reply
from hubs.conversation.authors import Row, author_of
from hubs.conversation.models.posts import Post
from hubs.conversation.models.replies import Reply
from hubs.conversation.screening import places_of, publish_if_ready, words_of
from pledges.accounts.models import User
from pledges.moderation.kinds import Kind


class Veiled(Kind):
    """A kind of text whose author may stand behind the veil."""

    def author_of(self, row: Row) -> User | None:
        return author_of(row)

    def move(
        self, author: User, was: datetime.datetime | None, now: datetime.datetime | None
    ) -> None:
        # By keys: what the veil is asked for cannot be updated through it.
        keys = list(
            self.model.objects.of(author).filter(hidden_at=was).values_list("pk", flat=True)
        )
        self.model.objects.filter(pk__in=keys).update(hidden_at=now)
        if self.model is Reply:
            for post in Post.objects.filter(replies__in=keys, replies__voice__isnull=False):
                settle_answered(post)


class Replies(Veiled):
    """Hiding an official answer leaves its post unanswered."""

    def hide(self, row: Reply, moment: datetime.datetime) -> None:
        super().hide(row, moment)
        settle_answered(row.post)

    def show(self, row: Reply) -> None:
        super().show(row)
        settle_answered(row.post)


def _public_posts(_person: User | None) -> QuerySet[Post]:
    return Post.objects.public()


def _public_replies(_person: User | None) -> QuerySet[Reply]:
    return Reply.objects.public()


POST = Veiled(
    "post",
    _("post"),
    Post,
    readable=_public_posts,
    text=words_of,
    places=places_of,
    address=lambda post: reverse("talk-post", args=[post.pk]),
    mend=lambda post: reverse("talk-reword", args=[post.pk]),
    shown=publish_if_ready,
)
REPLY = Replies(
    "reply",
    _("reply"),
    Reply,
    readable=_public_replies,
    text=words_of,
    places=places_of,
    address=lambda reply: reverse("talk-reply", args=[reply.pk]),
    mend=lambda reply: reverse("talk-reword-reply", args=[reply.pk]),
    shown=show_reply,
)
