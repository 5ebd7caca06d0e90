"""What hubs add to the pages of pledges and organisations, and others to a hub's own page."""

from dataclasses import dataclass

from hubs.events.sections import upcoming_of
from hubs.hub.local import LocalHubs, local_hubs
from hubs.hub.models import Hub
from hubs.resources.models import Resource
from pledges.sections import Section, Subject

RESOURCES_SHOWN = 5


@dataclass(frozen=True)
class ResourceList:
    """A hub's newest resources, and how many more there are."""

    hub: Hub
    resources: list[Resource]
    total: int


def hub_section(subject: Subject) -> Section | None:
    """The hub of a pledge's or organisation's region, and the nearest if that is another."""
    found = local_hubs(subject.location, subject.region)
    if found.serving is None and found.nearest is None:
        return None
    other = None if found.nearest == found.serving else found.nearest
    return Section("hubs/hub/section.html", LocalHubs(found.serving, other, found.metres))


def resources_section(hub: Hub) -> Section | None:
    """The resources of a hub."""
    own = Resource.objects.published().of(hub)
    total = own.count()
    if not total:
        return None
    newest = own.newest_first().with_everything()[:RESOURCES_SHOWN]
    return Section("hubs/hub/resources.html", ResourceList(hub, list(newest), total))


def events_section(hub: Hub) -> Section | None:
    """The next events of a hub."""
    events = upcoming_of(hub)
    return Section("hubs/events/section.html", {"events": events}) if events else None
