"""Cluster tiles of pledges: exact counts at any filter, by the cheapest way that has them.

1. Nothing filtered, or by theme alone: the pyramid, at most 16 rows a tile. Unfiltered, the whole
   tile is one statement (`pledges.pyramid`): nearly all tiles asked for are of this kind.
2. Theme, who, i_am, status, region or nation, whole months: the cube up to zoom 10; the days of a
   month that is not whole are read from the rows and added.
3. Words: the matches, which are read once and kept.
4. Anything else (organisation, district), and all filters closer than zoom 10: the rows, through
   an index that holds all that is asked.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, F, Func, IntegerField, Max, Min, Q, QuerySet, Sum

from geo.models import Cell, Cube
from geo.tiles import CELLS, SPOTS_FROM, Tile, cell_bbox, collection, degrees, feature, gather
from geo.totals.fold import HIGHEST_CUBE, SPOT
from geo.totals.periods import span
from pledges import pyramid
from pledges.filters import PledgeFilters
from pledges.models import Pledge
from pledges.models.pledges import SPEC
from pledges.totals import too_many, version
from pledges.words import MOST_MATCHES, matches

FAN = 12  # pledges at one spot that the map fans out; more are read as a list
UNFILTERED = PledgeFilters()
Counts = dict[int, dict[int, int]]  # cell code -> theme number -> pledges


def clusters(filters: PledgeFilters, tile: Tile) -> dict:
    """Return the FeatureCollection of a tile: clusters, and from zoom 16 on spots.

    Every feature has `count` and `parts` (pledges by theme slug). A spot with one pledge has the
    pledge's id; with up to 12, `ids` and their `themes`. `more_than` stands instead of features
    where the words match more pledges than are counted.
    """
    cz = SPOT if tile.z >= SPOTS_FROM else tile.z + CELLS
    slugs = pyramid.slugs()
    if cz != SPOT and filters == UNFILTERED:
        return collection(_from_pyramid_alone(tile, cz, slugs))
    if too_many(filters):
        return collection([], more_than=MOST_MATCHES)
    counts = _counts(filters, tile, cz)
    if cz == SPOT:
        return collection(_spots(filters, tile, counts, slugs))
    return collection(_cells(filters, tile, cz, counts, slugs))


def _from_pyramid_alone(tile: Tile, cz: int, slugs: dict[int, str]) -> Iterable[dict]:
    for cell in pyramid.cells(tile, cz):
        told = _told(cell.parts, slugs)
        if cell.key:
            column, row = gather(cell.spot)
            properties = {**told, "spot": str(cell.spot)}
            yield feature(degrees(column + 0.5, row + 0.5), properties, cell.key)
        else:
            yield feature(degrees(cell.x, cell.y), {**told, "bbox": cell_bbox(cell.code, cz)})


def _counts(filters: PledgeFilters, tile: Tile, cz: int) -> Counts:
    if filters == PledgeFilters(theme=filters.theme):
        return _from_pyramid(tile, cz, filters.facets.get("theme"))
    if filters.q and not filters.bbox:
        return _from_matches(filters, tile, cz)
    if filters.beyond_counts or cz > HIGHEST_CUBE:
        return _from_rows(filters, tile, cz)
    days = Pledge.objects.public().aggregate(first=Min("day"), last=Max("day"))
    if days["first"] is None:
        return {}
    cut = span(filters.since, filters.until, days["first"], days["last"])
    counts = _from_cube(filters, tile, cz, cut.periods)
    for first, last in cut.loose:
        for cell, parts in _from_rows(filters.between(first, last), tile, cz).items():
            for part, n in parts.items():
                counts[cell][part] += n
    return counts


def _from_pyramid(tile: Tile, cz: int, themes: frozenset[int] | None) -> Counts:
    low, high = tile.cell_range(cz)
    cells = Cell.objects.filter(
        layer=SPEC.layer, cz=cz, morton__gte=low, morton__lt=high, n__gt=0
    ).values_list("morton", "parts")
    counts = {
        cell: {i: n for i, n in enumerate(parts, 1) if n and (themes is None or i in themes)}
        for cell, parts in cells
    }
    return {cell: parts for cell, parts in counts.items() if parts}


def _from_cube(filters: PledgeFilters, tile: Tile, cz: int, periods: tuple[int, ...]) -> Counts:
    low, high = tile.cell_range(cz)
    rows = Cube.objects.filter(
        layer=SPEC.layer, cz=cz, period__in=periods, morton__gte=low, morton__lt=high
    )
    # Plus nothing: as plain columns of the key, each value of each list would begin a search of
    # the index of its own, where one search a period reads the tile's whole short range.
    if filters.regions is not None:
        rows = rows.alias(place=F("region") + 0).filter(place__in=filters.regions)
    if codes := SPEC.codes(filters.facets):
        rows = rows.alias(code=F("facet") + 0).filter(code__in=codes)
    return _summed(rows.annotate(cell=F("morton")), Sum("n"))


def _from_matches(filters: PledgeFilters, tile: Tile, cz: int) -> Counts:
    found = matches(filters, version())
    counts: Counts = defaultdict(lambda: defaultdict(int))
    for (cell, facet), n in (
        found.cells(tile.low, tile.high, 2 * (24 - cz)).items() if found else ()
    ):
        counts[cell][SPEC.values(facet)["theme"]] += n
    return counts


def _from_rows(filters: PledgeFilters, tile: Tile, cz: int) -> Counts:
    rows = filters.apply(Pledge.objects.public()).filter(
        morton__isnull=False, morton__gte=tile.low, morton__lt=tile.high
    )
    cell = Func(F("morton"), template=f"(%(expressions)s >> {2 * (24 - cz)})")
    return _summed(rows.annotate(cell=cell), Count("*"))


def _summed(rows: QuerySet, total: Sum | Count) -> Counts:
    """Group by cell and theme. The theme is cut out of the facet, which the indexes hold."""
    part = Func(F("facet"), template=SPEC.digit_sql("theme", "%(expressions)s"))
    part.output_field = IntegerField()
    counts: Counts = defaultdict(lambda: defaultdict(int))
    grouped = rows.order_by().annotate(part=part).values("cell", "part").annotate(total=total)
    for cell, theme, n in grouped.values_list("cell", "part", "total"):
        if n:
            counts[cell][theme] = n
    return counts


def _positions(tile: Tile, cz: int) -> dict[int, list[float]]:
    """Mean point of all pledges of each cell: a filter changes the number, not the place."""
    low, high = tile.cell_range(cz)
    cells = Cell.objects.filter(layer=SPEC.layer, cz=cz, morton__gte=low, morton__lt=high, n__gt=0)
    return {
        cell: degrees(x / n + 0.5, y / n + 0.5)
        for cell, n, x, y in cells.values_list("morton", "n", "sum_x", "sum_y")
    }


def _cells(
    filters: PledgeFilters, tile: Tile, cz: int, counts: Counts, slugs: dict[int, str]
) -> Iterable[dict]:
    positions = _positions(tile, cz)
    alone = _alone(
        filters, cz, [cell for cell, parts in counts.items() if sum(parts.values()) == 1]
    )
    for cell, parts in sorted(counts.items()):
        bbox = cell_bbox(cell, cz)
        # A pledge made since the last fold may be in a cell that the pyramid does not know yet.
        middle = [round((bbox[0] + bbox[2]) / 2, 6), round((bbox[1] + bbox[3]) / 2, 6)]
        if cell in alone:
            key, spot = alone[cell]
            column, row = gather(spot)
            properties = {**_told(parts, slugs), "spot": str(spot)}
            yield feature(degrees(column + 0.5, row + 0.5), properties, key)
        else:
            yield feature(positions.get(cell, middle), {**_told(parts, slugs), "bbox": bbox})


def _alone(filters: PledgeFilters, cz: int, cells: list[int]) -> dict[int, tuple[int, int]]:
    """Return (id, spot) of the pledge of each cell that has only one; at most 16 cells."""
    if not cells:
        return {}
    shift = 2 * (24 - cz)
    within = Q()
    for cell in cells:
        within |= Q(morton__gte=cell << shift, morton__lt=cell + 1 << shift)
    rows = filters.apply(Pledge.objects.public()).filter(within, morton__isnull=False)
    found = rows.order_by().values_list("morton", "id")
    return {spot >> shift: (key, spot) for spot, key in found}


def _spots(
    filters: PledgeFilters, tile: Tile, counts: Counts, slugs: dict[int, str]
) -> Iterable[dict]:
    few = [spot for spot, parts in counts.items() if sum(parts.values()) <= FAN]
    ids = defaultdict(list)
    rows = filters.apply(Pledge.objects.public()).filter(morton__isnull=False, morton__in=few)
    for spot, key, theme in rows.order_by("id").values_list("morton", "id", "theme_id"):
        ids[spot].append((key, slugs[theme]))
    for spot, parts in sorted(counts.items()):
        column, row = gather(spot)
        properties = {**_told(parts, slugs), "spot": str(spot)}
        keys = ids.get(spot, [])
        if len(keys) > 1:
            properties["ids"] = [key for key, _theme in keys]
            properties["themes"] = [theme for _key, theme in keys]
        yield feature(
            degrees(column + 0.5, row + 0.5), properties, keys[0][0] if len(keys) == 1 else None
        )


def _told(parts: dict[int, int], slugs: dict[int, str]) -> dict:
    named = {slugs[part]: n for part, n in sorted(parts.items()) if part in slugs}
    return {"count": sum(parts.values()), "parts": named}
