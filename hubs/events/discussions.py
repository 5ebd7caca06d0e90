"""Links between events and the posts of the conversation that they discuss."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from hubs.conversation.authors import is_of
from hubs.conversation.feed.listing import POSTS
from hubs.conversation.models.posts import Post
from hubs.conversation.permissions import may_answer
from hubs.events.actions import NotNow, lock_event
from hubs.events.models import Discussion, Event, EventQuerySet
from pledges.accounts.models import User

MOST_LINKS = 30  # posts of an event, or events of a post
MOST_SUGGESTED = 10
Status = Event.Status


class TooManyLinks(GeoError):
    """The event has as many posts, or the post as many events, as may be linked."""

    code = "too-many-links"

    def __init__(self) -> None:
        super().__init__(_("There are as many links as there may be. Take one away first."))


def may_link(person: User | None, post: Post) -> bool:
    """Whether somebody may link a post with events: its author, and whoever may answer it."""
    return is_of(post, person) or may_answer(person, post)


@transaction.atomic
def link(event: Event, post: Post) -> None:
    """Link an event with a post, once. Raises NotNow for a cancelled one, TooManyLinks."""
    found = lock_event(event)
    if found.status == Status.CANCELLED:
        raise NotNow
    if _links(post).filter(event=found).exists():
        return
    if max(found.discussions.count(), _links(post).count()) >= MOST_LINKS:
        raise TooManyLinks
    Discussion.objects.create(event=found, post=post)


def unlink(event: Event, post: Post) -> None:
    """Take back that an event is about a post, or about one that was merged into it."""
    _links(post).filter(event=event).delete()


def posts_of(event: Event) -> list[Post]:
    """The public posts that an event is about; for merged ones, those they were merged into."""
    current = Coalesce("post__merged_into", "post")
    keys = event.discussions.order_by("pk").values_list(current, flat=True)[:MOST_LINKS]
    return POSTS.in_order(list(dict.fromkeys(keys)))


def events_of(post: Post) -> EventQuerySet:
    """The events that are about a post, drafts left out, latest first."""
    rows = Event.objects.public().filter(pk__in=_links(post).values("event"))
    return rows.select_related("hub", "region", "district").defer("words").order_by("-starts_at")


def suggested_events(post: Post) -> EventQuerySet:
    """Next events of the region of a post, national ones and those that are online."""
    near = Q(region=post.region_id) | Q(hub__isnull=True) | Q(online=True)
    rows = Event.objects.upcoming().filter(near if post.region_id else Q())
    others = rows.exclude(pk__in=_links(post).values("event"))
    return others.select_related("hub", "region", "district").defer("words")[:MOST_SUGGESTED]


def _links(post: Post) -> QuerySet[Discussion]:
    return Discussion.objects.filter(Q(post=post) | Q(post__merged_into=post))
