"""Supporting and following a post, and pledging because of it: once a person, with undo.

The counts beside the post follow each write by a trigger, exact at each commit.
"""

from django.db import transaction

from hubs.conversation.actions.replying import lock_public
from hubs.conversation.authors import is_of
from hubs.conversation.errors import OwnPost
from hubs.conversation.models import Deed, Follow, Post, Support
from pledges.models import Pledge, User


@transaction.atomic
def support(post: Post, person: User) -> bool:
    """Support a post; False where the person does already. Raises NotFound, OwnPost."""
    return _take_part(Support, post, person)


@transaction.atomic
def unsupport(post: Post, person: User) -> bool:
    """Take a support back; False where there was none."""
    return bool(Support.objects.filter(post=post, person=person).delete()[0])


@transaction.atomic
def follow(post: Post, person: User) -> bool:
    """Hear of what is said about a post, once a day at most; False where they do already."""
    return _take_part(Follow, post, person)


@transaction.atomic
def unfollow(post: Post, person: User) -> bool:
    return bool(Follow.objects.filter(post=post, person=person).delete()[0])


def _take_part(model: type[Support] | type[Follow], post: Post, person: User) -> bool:
    found = lock_public(post)
    if is_of(found, person):
        raise OwnPost
    _row, new = model.objects.get_or_create(post=found, person=person)
    return new


@transaction.atomic
def link_pledge(post: Post, pledge: Pledge) -> bool:
    """Say that a pledge was made because of a post; False where that is said already.

    Who may is for the caller to know: the author of the pledge. Raises NotFound.
    """
    _deed, new = Deed.objects.get_or_create(post=lock_public(post), pledge=pledge)
    return new


def unlink_pledge(post: Post, pledge: Pledge) -> bool:
    return bool(Deed.objects.filter(post=post, pledge=pledge).delete()[0])
