"""The values that people may choose from when they filter."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from geo.areas.models import Area

STATUS_NAMES = {"open": gettext_lazy("Still to do"), "done": gettext_lazy("Done")}


@dataclass(frozen=True)
class AreaGroup:
    """A region with its districts, for a list of areas to choose from."""

    region: Area
    districts: list[Area]


def areas() -> list[AreaGroup]:
    """Return the ten regions by name, each with its districts by name."""
    found = Area.objects.current().only("code", "name", "name_cy", "kind", "parent_id")
    regions = {area.pk: area for area in found.filter(kind=Area.Kind.REGION)}
    grouped: dict[int, list[Area]] = {key: [] for key in regions}
    for district in found.filter(kind=Area.Kind.DISTRICT, parent__in=regions):
        grouped[district.parent_id].append(district)
    return [AreaGroup(regions[key], districts) for key, districts in grouped.items()]
