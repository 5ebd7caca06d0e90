"""What hubs add to the pages of pledges and organisations: the hub to turn to."""

from hubs.local import LocalHubs, local_hubs
from pledges.sections import Section, Subject


def hub_section(subject: Subject) -> Section | None:
    """The hub of a pledge's or organisation's region, and the nearest if that is another."""
    found = local_hubs(subject.location, subject.region)
    if found.serving is None and found.nearest is None:
        return None
    other = None if found.nearest == found.serving else found.nearest
    return Section("hubs/section.html", LocalHubs(found.serving, other))
