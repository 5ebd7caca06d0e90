"""What events add to the pages of hubs, organisations and posts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Coalesce

from hubs.conversation.feed.listing import POSTS
from hubs.conversation.models.posts import Post
from hubs.events.models import Discussion, Event, EventQuerySet
from hubs.hub.models import Hub
from pledges.organisations.models import Organisation
from pledges.sections import Section, Subject

SHOWN = 3


@dataclass(frozen=True)
class PostEvents:
    """A post and the events that are about it."""

    post: Post
    events: Sequence[Event]


def upcoming_of(hub: Hub) -> Sequence[Event]:
    """A hub's next events: for `hubs/events/section.html`."""
    return _next(Event.objects.upcoming().filter(hub=hub))


def event_section(subject: Subject) -> Section | None:
    """The next events in an organisation's region, its own district's among them."""
    if not isinstance(subject, Organisation) or subject.region is None:
        return None
    near = Q(region=subject.region) | Q(online=True, hub__areas=subject.region)
    found = _next(Event.objects.upcoming().filter(near).distinct())
    content = {"events": found, "area": subject.region}
    return Section("hubs/events/section.html", content) if found else None


def post_section(post: Post) -> Section:
    """The events that are about a post; the template knows who may link another."""
    events = Event.objects.of_post(post).with_areas()
    return Section("hubs/events/of_post.html", PostEvents(post, list(events[: Discussion.MOST])))


def posts_of(event: Event) -> list[Post]:
    """The public posts that an event is about; for merged ones, those they were merged into."""
    current = Coalesce("post__merged_into", "post")
    keys = event.discussions.order_by("pk").values_list(current, flat=True)[: Discussion.MOST]
    return POSTS.in_order(list(dict.fromkeys(keys)))


def _next(rows: EventQuerySet) -> Sequence[Event]:
    return list(rows.with_areas()[:SHOWN])
