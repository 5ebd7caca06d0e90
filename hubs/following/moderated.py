"""Comments as readers report them and moderators decide about them."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hubs.following.models import Comment
from hubs.following.ratable import rated
from pledges.accounts.models import User
from pledges.moderation.kinds import Kind
from pledges.ratable import Places


def words_of(comment: Comment) -> str:
    """Everything that its author worded, a part a line."""
    return "\n".join(part for part in (comment.text, comment.display_name) if part)


def places_of(comment: Comment) -> Places:
    """Those of what it is about."""
    thing = rated().by_type().get(comment.content_type_id)
    subject = comment.subject if thing else None
    return thing.places(subject) if subject else (None, None)


def address_of(comment: Comment) -> str:
    """Its place on the page of what it is about; where that is gone, its author's own page."""
    thing = rated().by_type().get(comment.content_type_id)
    subject = comment.subject if thing else None
    if subject is None:
        return reverse("my-comment", args=[comment.pk])
    return f"{thing.address(subject)}#comment-{comment.pk}"


def in_view(_person: User | None = None) -> QuerySet[Comment]:
    """Comments that everybody may read: of things that everybody may see."""
    shown = Q(pk__in=[])
    for thing in rated():
        public = thing.public().values("pk")
        shown |= Q(content_type=thing.content_type, object_id__in=public)
    return Comment.objects.in_view().filter(shown)


COMMENT = Kind(
    "comment",
    _("comment"),
    Comment,
    readable=in_view,
    text=words_of,
    places=places_of,
    address=address_of,
    mend=lambda comment: reverse("my-comment", args=[comment.pk]),
)
