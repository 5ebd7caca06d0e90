"""What events add to the pages of hubs, organisations and posts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from hubs.conversation.models.posts import Post
from hubs.events.discussions import MOST_LINKS, events_of
from hubs.events.models import Event, EventQuerySet
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
    return Section("hubs/events/of_post.html", PostEvents(post, list(events_of(post)[:MOST_LINKS])))


def _next(rows: EventQuerySet) -> Sequence[Event]:
    return list(rows.select_related("hub", "region", "district").defer("words")[:SHOWN])
