"""Comments as readers report them and moderators decide about them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hubs.following.models import Comment
from hubs.following.ratable import rated
from pledges.accounts.models import User
from pledges.moderation.kinds import Kind
from pledges.ratable import Places, Thing


def text_of(comment: Comment) -> str:
    """Everything that its author wrote, a part a line."""
    return "\n".join(part for part in (comment.text, comment.display_name) if part)


def places_of(comment: Comment) -> Places:
    """The region and the district of what it is about."""
    thing = _thing_of(comment)
    return thing.places(comment.subject) if thing else (None, None)


def address_of(comment: Comment) -> str:
    """Its place on the page of what it is about; where that is gone, its author's own page."""
    if thing := _thing_of(comment):
        return f"{thing.address(comment.subject)}#comment-{comment.pk}"
    return reverse("my-comment", args=[comment.pk])


def _thing_of(comment: Comment) -> Thing[Any] | None:
    """What kind of thing a comment is about; None where that is gone or no longer rated."""
    thing = rated().by_type().get(comment.content_type_id)
    return thing if thing and comment.subject is not None else None


def public_comments(_person: User | None = None) -> QuerySet[Comment]:
    """Comments that everybody may read, on things that everybody may see."""
    shown = Q(pk__in=[])
    for thing in rated():
        public = thing.public().values("pk")
        shown |= Q(content_type=thing.content_type, object_id__in=public)
    return Comment.objects.in_view().filter(shown)


COMMENT = Kind(
    "comment",
    _("comment"),
    Comment,
    readable=public_comments,
    text=text_of,
    places=places_of,
    address=address_of,
    mend=lambda comment: reverse("my-comment", args=[comment.pk]),
)
