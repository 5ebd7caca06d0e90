"""How many pledges a box holds: kept counts inside, rows only where its edge crosses a cell."""

from django.contrib.gis.geos import GEOSGeometry, Polygon
from django.db import connection
from django.db.models import F, Max, Min, Q, Sum

from geo.counts.boxes import FINEST, Band, cover, ranges
from geo.counts.fold import HIGHEST_CUBE
from geo.counts.models import Cell, Cube
from geo.counts.periods import ALL_TIME, span
from pledges.filters import PledgeFilters
from pledges.pledging.models import SPEC, Pledge

Cells = dict[int, list[int]]  # Morton codes by cell zoom

# One short scan of the tile index a range; the lateral join keeps the planner from reading the
# whole index once for all of them.
IN_RANGES = """
select coalesce(sum(found.n), 0) from unnest(%(low)s::bigint[], %(high)s::bigint[]) as r(low, high)
cross join lateral (
    select count(*) as n from pledges_pledge
    where public and morton is not null and morton >= r.low and morton < r.high {conditions}
) as found
"""


# The tile index alone tells which rows are within the box; only of those within a pixel of its edge
# the points are read, by their numbers.
AT_EDGE = """
with edge as materialized (
    select found.id, found.inside from unnest(%(low)s::bigint[], %(high)s::bigint[]) as r(low, high)
    cross join lateral (
        select id, morton & {x} between %(left)s and %(right)s
            and morton & {y} between %(top)s and %(bottom)s as inside
        from pledges_pledge
        where public and morton is not null and morton >= r.low and morton < r.high
            and morton & {x} between %(leftmost)s and %(rightmost)s
            and morton & {y} between %(topmost)s and %(lowest)s {conditions}
        offset 0
    ) as found
)
select (select count(*) from edge where inside) + (
    select count(*) from pledges_pledge
    where id = any(array(select id from edge where not inside))
        and st_x(location) between %(west)s and %(east)s
        and st_y(location) between %(south)s and %(north)s
)
"""
BITS = {"x": 0x555555555555, "y": 0xAAAAAAAAAAAA}
SIDES = ("west", "south", "east", "north")


def count_in_box(filters: PledgeFilters) -> int | None:
    """Return how many public pledges pass; None where the box must be counted row by row.

    That is where more is asked than counts are kept of: an organisation, a district, words, or
    days that are not whole months.
    """
    periods = _periods(filters)
    if periods is None:
        return None
    found = cover(filters.bbox.extent)
    by_theme = filters.without_bbox() == PledgeFilters(theme=filters.theme)
    finest = FINEST if by_theme else HIGHEST_CUBE
    counted = {cz: cells for cz, cells in found.inside.items() if cz <= finest}
    total = _in_pyramid(filters, counted) if by_theme else _in_cube(filters, counted, periods)
    total += _in_rows(filters, list(ranges(found.inside, finest)), inside=True)
    return total + _in_rows(filters, found.edge, inside=False)


def _periods(filters: PledgeFilters) -> tuple[int, ...] | None:
    if filters.without_bbox().beyond_counts or not _upright(filters.bbox):
        return None
    if not (filters.since or filters.until):
        return (ALL_TIME,)
    days = Pledge.objects.public().aggregate(first=Min("day"), last=Max("day"))
    if days["first"] is None:
        return ()
    cut = span(filters.since, filters.until, days["first"], days["last"])
    return None if cut.loose else cut.periods


def _upright(shape: GEOSGeometry) -> bool:
    """Whether it is a box along the meridians: one of another reference system may lean."""
    return isinstance(shape, Polygon) and shape.equals(shape.envelope)


def _in_pyramid(filters: PledgeFilters, cells: Cells) -> int:
    rows = Cell.objects.filter(_any_of(cells), layer=SPEC.layer)
    if not filters.theme:
        return rows.aggregate(total=Sum("n"))["total"] or 0
    themes = filters.facets["theme"]
    return sum(sum(parts[t - 1] for t in themes) for parts in rows.values_list("parts", flat=True))


def _in_cube(filters: PledgeFilters, cells: Cells, periods: tuple[int, ...]) -> int:
    rows = Cube.objects.filter(_any_of(cells), layer=SPEC.layer, period__in=periods)
    if filters.regions is not None:
        rows = rows.alias(place=F("region") + 0).filter(place__in=filters.regions)
    if codes := SPEC.codes(filters.facets):
        rows = rows.alias(code=F("facet") + 0).filter(code__in=codes)
    return rows.aggregate(total=Sum("n"))["total"] or 0


def _any_of(cells: Cells) -> Q:
    found = Q(pk__in=[])
    for cz, codes in cells.items():
        found |= Q(cz=cz, morton__in=codes)
    return found


def _in_rows(filters: PledgeFilters, codes: list[tuple[int, int]], *, inside: bool) -> int:
    if not codes:
        return 0
    values: dict[str, object] = {
        "low": [low for low, _ in codes],
        "high": [high for _, high in codes],
    }
    conditions = []
    if not inside:
        band = Band.of(filters.bbox.extent)
        values |= dict(zip(SIDES, filters.bbox.extent, strict=True))
        values |= dict(zip(("left", "right", "top", "bottom"), band.inner, strict=True))
        values |= dict(zip(("leftmost", "rightmost", "topmost", "lowest"), band.outer, strict=True))
    # Plus nothing, so that no other index than that of the ranges can be thought of.
    if chosen := SPEC.codes(filters.facets):
        values["facets"] = chosen
        conditions.append("facet + 0 = any(%(facets)s)")
    if filters.regions is not None:
        values["regions"] = sorted(filters.regions)
        conditions.append("region_id + 0 = any(%(regions)s)")
    if filters.since:
        values["since"] = filters.since
        conditions.append("day + 0 >= %(since)s")
    if filters.until:
        values["until"] = filters.until
        conditions.append("day + 0 <= %(until)s")
    where = "".join(f" and {condition}" for condition in conditions)
    with connection.cursor() as cursor:
        question = IN_RANGES if inside else AT_EDGE
        cursor.execute(question.format(conditions=where, **BITS), values)
        return int(cursor.fetchone()[0])
