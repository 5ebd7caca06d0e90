"""What events add to the pages of organisations, and what hubs' pages show of them."""

from collections.abc import Sequence

from django.db.models import Q

from hubs.events.fields import in_words
from hubs.events.models import Event, EventQuerySet
from hubs.hub.models import Hub
from pledges.organisations.models import Organisation
from pledges.sections import Section, Subject

AT_ONCE = 3
Listed = Sequence[tuple[Event, str]]


def upcoming_of(hub: Hub, most: int = AT_ONCE) -> Listed:
    """A hub's next events, each with its times in words: for `hubs/events/section.html`."""
    return _listed(Event.objects.upcoming().filter(hub=hub), most)


def event_section(subject: Subject) -> Section | None:
    """The next events in an organisation's region, its own district's among them."""
    if not isinstance(subject, Organisation) or subject.region is None:
        return None
    near = Q(region=subject.region) | Q(online=True, hub__areas=subject.region)
    found = _listed(Event.objects.upcoming().filter(near).distinct(), AT_ONCE)
    content = {"items": found, "area": subject.region}
    return Section("hubs/events/section.html", content) if found else None


def _listed(rows: EventQuerySet, most: int) -> Listed:
    found = rows.select_related("hub", "region", "district").defer("words")[:most]
    return [(event, in_words(event.starts_at, event.ends_at)) for event in found]
