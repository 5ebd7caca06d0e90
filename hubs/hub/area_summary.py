"""The pledges in the area of a hub: how many, where, and the newest of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.db.models import Sum
from django.utils import timezone

from geo.areas.models import Area
from geo.counts.models import Ledger
from geo.maps.shades import shades
from hubs.hub.models import Hub
from pledges.feed.sorting import NEWEST
from pledges.filters import PledgeFilters
from pledges.pledging.models import SPEC, Pledge
from pledges.wall.listing import PLEDGES

SHOWN = 5  # pledges on a hub's page
ALL_TIME = 0  # a period of the counts


@dataclass(frozen=True)
class District:
    """A district with its number of public pledges, and its shade, as `geo.maps.shades` has it."""

    area: Area
    pledges: int
    shade: int


@dataclass(frozen=True)
class AreaSummary:
    """Counts are of public pledges, as the last fold counted them.

    `elsewhere` are those shown by region alone, in no district.
    """

    areas: Sequence[Area]
    total: int
    this_year: int
    elsewhere: int
    districts: Sequence[District]
    newest: Sequence[Pledge]

    @classmethod
    def of(cls, hub: Hub) -> Self:
        """Summarise the areas of a hub, in a fixed number of queries."""
        areas = list(hub.areas.without_boundaries().order_by("name"))
        keys = [area.pk for area in areas]
        year = timezone.localdate().year
        counts = _counts_by_district(keys, ALL_TIME)
        rows = Pledge.objects.public().filter(region__in=keys)
        return cls(
            areas=areas,
            total=sum(counts.values()),
            this_year=sum(_counts_by_district(keys, year).values()),
            elsewhere=counts.get(0, 0),
            districts=_districts(keys, counts),
            newest=PLEDGES.page(NEWEST, PledgeFilters(), SHOWN, rows=rows).items,
        )


def _counts_by_district(regions: Sequence[int], period: int) -> dict[int, int]:
    """Public pledges of regions by district; 0 stands for those shown by region alone."""
    book = Ledger.objects.filter(
        layer=SPEC.layer, dimension=Ledger.Dimension.DISTRICT, period=period, within__in=regions
    )
    return dict(book.values_list("place").annotate(total=Sum("n")))


def _districts(regions: Sequence[int], counts: dict[int, int]) -> list[District]:
    """The districts of regions by name; some have pledges of two regions, for they lie in both."""
    found = Area.objects.districts().filter(parent__in=regions) | Area.objects.districts().filter(
        pk__in=[key for key, n in counts.items() if key and n]
    )
    areas = list(found.without_boundaries().order_by("name"))
    numbers = [counts.get(area.pk, 0) for area in areas]
    return [District(*one) for one in zip(areas, numbers, shades(numbers), strict=True)]
