"""How somebody stands to posts, and what a page shows of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hubs.conversation.authors import is_of
from hubs.conversation.models.participation import Follow, Support
from hubs.conversation.models.posts import Post
from hubs.conversation.models.querysets import ReplyQuerySet
from hubs.conversation.models.replies import Reply
from hubs.conversation.permissions import may_answer
from pledges.accounts.models import User

MOST_REPLIES = 200  # on a page; a thread that is longer is read from its beginning


@dataclass(frozen=True)
class Standing:
    """What a person has done with a post; nothing for somebody who is not signed in."""

    signed_in: bool = False
    own: bool = False
    supported: bool = False
    followed: bool = False
    answers: bool = False

    @classmethod
    def of(cls, post: Post, person: User | None) -> "Standing":
        if person is None:
            return cls()
        return cls(
            signed_in=True,
            own=is_of(post, person),
            supported=Support.objects.filter(post=post, person=person).exists(),
            followed=Follow.objects.filter(post=post, person=person).exists(),
            answers=may_answer(person, post),
        )


@dataclass(frozen=True)
class Branch:
    """A reply with the answers to it. One that is gone stays as a place where answers hang."""

    reply: Reply
    gone: bool = False
    answers: list[Reply] = field(default_factory=list)


def thread(post: Post) -> list[Branch]:
    """The replies to a post, oldest first, official answers before others."""
    rows = Reply.objects.filter(post=post, public=True).with_everything().oldest_first()
    found = list(rows[:MOST_REPLIES])
    branches = {reply.pk: Branch(reply) for reply in found if reply.parent_id is None}
    lost = {reply.parent_id for reply in found if reply.parent_id} - branches.keys()
    for reply in Reply.objects.filter(pk__in=lost):
        branches[reply.pk] = Branch(reply, gone=True)
    for reply in found:
        if reply.parent_id:
            branches[reply.parent_id].answers.append(reply)
    return sorted(
        branches.values(),
        key=lambda branch: (
            branch.gone or not branch.reply.official,
            branch.reply.created_at,
            branch.reply.pk,
        ),
    )


def official(post: Post) -> ReplyQuerySet:
    return Reply.objects.filter(post=post, public=True).official().with_everything().oldest_first()


def own_replies(branches: Sequence[Branch], person: User | None) -> set[int]:
    """Which of the replies on a page are a person's own."""
    if person is None:
        return set()
    keys = [one.pk for branch in branches for one in (branch.reply, *branch.answers)]
    return set(Reply.objects.of(person).filter(pk__in=keys).values_list("pk", flat=True))
