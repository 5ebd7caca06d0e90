"""What hubs add to the pages of pledges and organisations: the hub to turn to."""

from dataclasses import dataclass

from hubs.models import Hub
from pledges.sections import Section, Subject


@dataclass(frozen=True)
class LocalHubs:
    """The hub that serves the region, and the nearest where there is a point and it is another.

    `nearest` has `distance` from the public point.
    """

    serving: Hub | None
    nearest: Hub | None


def local_hubs(subject: Subject) -> Section | None:
    """The hubs for a pledge or an organisation; nothing for what is in no region."""
    serving = Hub.objects.serving(subject.region).first() if subject.region_id else None
    nearest = Hub.objects.by_distance(subject.location).first() if subject.location else None
    if serving is None and nearest is None:
        return None
    return Section("hubs/section.html", LocalHubs(serving, None if nearest == serving else nearest))
