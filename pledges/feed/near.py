"""The pledges nearest to a place."""

from dataclasses import replace

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point
from django.db.models import FloatField, Func, QuerySet, Value
from django.db.models.functions import Cast

from pledges.feed.orders import ALL, FEW, at_least, in_order, window
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge


class Metres(Func):
    """Distance in metres to a fixed point, in the form that the index in metres orders."""

    template = "(%(expressions)s)"
    arg_joiner = " <-> "
    output_field = FloatField()

    def __init__(self, column: str, fixed: Point) -> None:
        geography = PointField(geography=True, srid=4326)
        super().__init__(Cast(column, geography), Value(fixed, output_field=geography))


def nearest(place: Point, filters: PledgeFilters, limit: int, on_map: int | None) -> list[Pledge]:
    """Return the `limit` public pledges on the map that pass, nearest first.

    `on_map` is how many on the map pass, None for more than are counted. An area or organisation
    in the filters would be a second place: see `elsewhere`.
    """
    passing = filters.apply(Pledge.objects.public().on_map()).order_by()
    metres = Metres("location", place)
    keys: list[int] = []
    if on_map is None or on_map > FEW:
        walked = Pledge.objects.public().on_map().order_by(metres).values("pk")
        keys = _first(
            passing.filter(pk__in=walked[: window(limit, on_map or at_least(filters))]),
            metres,
            limit,
        )
    if len(keys) < limit:
        gathered = Pledge.objects.filter(pk__in=passing.values("pk")[:ALL])
        keys = _first(gathered, metres, limit)
    return in_order(keys)


def anywhere(filters: PledgeFilters) -> PledgeFilters:
    """Return the filters without those that name a place."""
    return replace(filters.without_bbox(), area=None, organisation=None)


def _first(rows: QuerySet, metres: Metres, limit: int) -> list[int]:
    return list(rows.order_by(metres, "-id").values_list("pk", flat=True)[:limit])
