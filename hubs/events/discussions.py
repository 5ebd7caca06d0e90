"""Posts of the conversation that events are about: linked, and shown on both pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from hubs.conversation.authors import is_of
from hubs.conversation.feed.listing import POSTS
from hubs.conversation.models.posts import Post
from hubs.conversation.permissions import may_answer
from hubs.events.actions import NotNow, locked
from hubs.events.fields import in_words
from hubs.events.models import Discussion, Event, EventQuerySet
from pledges.accounts.models import User
from pledges.sections import Section

MOST = 30  # posts of an event, or events of a post
SUGGESTED = 10
Status = Event.Status


class TooManyLinks(GeoError):
    """An event is about so many posts, or a post is talked about at so many events, already."""

    code = "too-many-links"

    def __init__(self) -> None:
        super().__init__(_("There are as many links as there may be. Take one away first."))


@dataclass(frozen=True)
class Told:
    """A post, and its events with their times in words."""

    post: Post
    items: Sequence[tuple[Event, str]]


def may_link(person: User | None, post: Post) -> bool:
    """Whether somebody may say at which events a post is talked about: its author, its hub."""
    return is_of(post, person) or may_answer(person, post)


@transaction.atomic
def link(event: Event, post: Post) -> None:
    """Say that an event is about a post; once. Raises NotNow for a cancelled one, TooManyLinks."""
    found = locked(event)
    if found.status == Status.CANCELLED:
        raise NotNow
    if _links(post).filter(event=found).exists():
        return
    if max(found.discussions.count(), _links(post).count()) >= MOST:
        raise TooManyLinks
    Discussion.objects.create(event=found, post=post)


def unlink(event: Event, post: Post) -> None:
    """Take back that an event is about a post, or about one that was joined with it."""
    _links(post).filter(event=event).delete()


def posts_of(event: Event) -> list[Post]:
    """The posts in view that an event is about; where they were joined with others, those."""
    kept = Coalesce("post__merged_into", "post")
    keys = event.discussions.order_by("pk").values_list(kept, flat=True)[:MOST]
    return POSTS.in_order(list(dict.fromkeys(keys)))


def events_of(post: Post) -> EventQuerySet:
    """The events that are about a post, drafts left out, latest first."""
    rows = Event.objects.public().filter(pk__in=_links(post).values("event"))
    return rows.select_related("hub", "region", "district").defer("words").order_by("-starts_at")


def suggested(post: Post) -> EventQuerySet:
    """Next events of the region of a post, national ones and those that are online."""
    near = Q(region=post.region_id) | Q(hub__isnull=True) | Q(online=True)
    rows = Event.objects.upcoming().filter(near if post.region_id else Q())
    others = rows.exclude(pk__in=_links(post).values("event"))
    return others.select_related("hub", "region", "district").defer("words")[:SUGGESTED]


def timed(rows: Sequence[Event]) -> list[tuple[Event, str]]:
    return [(event, in_words(event.starts_at, event.ends_at)) for event in rows]


def events_of_post(post: Post) -> Section:
    """What the page of a post shows of events; the template knows who may link another."""
    return Section("hubs/events/of_post.html", Told(post, timed(events_of(post)[:MOST])))


def _links(post: Post):
    return Discussion.objects.filter(Q(post=post) | Q(post__merged_into=post))
