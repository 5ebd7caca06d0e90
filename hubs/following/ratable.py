"""What people may bookmark, and what they may rate and comment on."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from geo.core.registry import registered
from hubs.conversation.models.posts import Post
from hubs.events.models import Event
from hubs.resources.models import Resource
from pledges.employers.models.actions import Action
from pledges.pledging.models import Pledge
from pledges.ratable import Places, Thing, Things


def bookmarked() -> Things:
    return Things(registered("BOOKMARKED"))


def rated() -> Things:
    return Things(registered("RATED"))


def _posts() -> QuerySet[Post]:
    """Public posts, and those that were merged into one."""
    rows = Post.objects.filter(Q(public=True) | Q(merged_into__public=True))
    return rows.select_related("merged_into").defer("words", "merged_into__words")


def _shown(post: Post) -> Post:
    """A post, or the public one that it was merged into."""
    return post if post.public or post.merged_into is None else post.merged_into


def _places(resource: Resource) -> Places:
    """The first region of its hub; a resource of all hubs belongs to no area."""
    return resource.hub.areas.order_by("code").first() if resource.hub else None, None


def _practice() -> QuerySet[Action]:
    return Action.objects.good_practice().select_related("organisation")


PLEDGE = Thing(
    "pledge",
    _("Pledge"),
    _("A pledge that is no longer shown"),
    Pledge,
    public=lambda: Pledge.objects.public().defer("words"),
    title=lambda pledge: pledge.text,
    address=lambda pledge: reverse("pledge", args=[pledge.pk]),
)
POST = Thing(
    "post",
    _("Post"),
    _("A post that is no longer shown"),
    Post,
    public=_posts,
    title=lambda post: _shown(post).text,
    address=lambda post: reverse("talk-post", args=[_shown(post).pk]),
)
RESOURCE = Thing(
    "resource",
    _("Resource"),
    _("A resource that is no longer shown"),
    Resource,
    public=lambda: Resource.objects.published().defer("words"),
    title=lambda resource: resource.title,
    address=lambda resource: resource.get_absolute_url(),
    places=_places,
)
EVENT = Thing(
    "event",
    _("Event"),
    _("An event that is no longer shown"),
    Event,
    public=lambda: Event.objects.public().defer("words"),
    title=lambda event: event.title,
    address=lambda event: event.get_absolute_url(),
)
PRACTICE = Thing(
    "practice",
    _("Good practice"),
    _("A good practice that is no longer shown"),
    Action,
    public=_practice,
    title=lambda action: action.title,
    address=lambda action: action.get_absolute_url(),
    places=lambda action: (action.organisation.region, action.organisation.district),
)
