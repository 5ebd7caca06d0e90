"""Cluster tiles of posts: exact counts at any filter, by the cheapest way that has them.

Nothing filtered, or by theme alone: the pyramid. Theme, kind, answered, region or nation, whole
months: the cube up to zoom 10. Anything else: the rows, a tile's contiguous range of Morton codes.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, F, Func, IntegerField, Max, Min, QuerySet, Sum

from geo.models import Cell, Cube
from geo.tiles import CELLS, SPOTS_FROM, Tile, cell_bbox, collection, degrees, feature, gather
from geo.totals.fold import HIGHEST_CUBE, SPOT
from geo.totals.periods import span
from hubs.conversation.filters import PostFilters
from hubs.conversation.models import SPEC, Post, Theme
from hubs.conversation.totals import MOST_MATCHES, count

FAN = 12  # posts at one spot that the map fans out; more are read as a list
Counts = dict[int, dict[int, int]]  # cell code -> theme number -> posts


def clusters(filters: PostFilters, tile: Tile) -> dict:
    """Return the FeatureCollection of a tile: clusters, and from zoom 16 on spots.

    Every feature has `count` and `parts` (posts by theme slug). A spot with one post has the post's
    id; with up to 12, `ids` and their `themes`. `more_than` stands instead of features where the
    words match more posts than are counted.
    """
    if filters.q and count(filters) is None:
        return collection([], more_than=MOST_MATCHES)
    cz = SPOT if tile.z >= SPOTS_FROM else tile.z + CELLS
    slugs = dict(Theme.objects.values_list("number", "slug"))
    counts = _counts(filters, tile, cz)
    make = _spots if cz == SPOT else _cells
    return collection(make(filters, tile, cz, counts, slugs))


def _counts(filters: PostFilters, tile: Tile, cz: int) -> Counts:
    if filters == PostFilters(theme=filters.theme):
        return _from_pyramid(tile, cz, filters.facets.get("theme"))
    if filters.beyond_counts or cz > HIGHEST_CUBE:
        return _from_rows(filters, tile, cz)
    days = Post.objects.public().aggregate(first=Min("day"), last=Max("day"))
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
    cells = _pyramid(tile, cz).values_list("morton", "parts")
    counts = {
        cell: {i: n for i, n in enumerate(parts, 1) if n and (themes is None or i in themes)}
        for cell, parts in cells
    }
    return {cell: parts for cell, parts in counts.items() if parts}


def _pyramid(tile: Tile, cz: int) -> QuerySet[Cell]:
    low, high = tile.cell_range(cz)
    return Cell.objects.filter(layer=SPEC.layer, cz=cz, morton__gte=low, morton__lt=high, n__gt=0)


def _from_cube(filters: PostFilters, tile: Tile, cz: int, periods: tuple[int, ...]) -> Counts:
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


def _from_rows(filters: PostFilters, tile: Tile, cz: int) -> Counts:
    cell = Func(F("morton"), template=f"(%(expressions)s >> {2 * (24 - cz)})")
    return _summed(_within(filters, tile).annotate(cell=cell), Count("*"))


def _within(filters: PostFilters, tile: Tile) -> QuerySet[Post]:
    return filters.apply(Post.objects.public()).filter(
        morton__isnull=False, morton__gte=tile.low, morton__lt=tile.high
    )


def _summed(rows: QuerySet, total: Sum | Count) -> Counts:
    """Group by cell and theme. The theme is cut out of the facet, which the index holds."""
    part = Func(F("facet"), template=SPEC.digit_sql("theme", "%(expressions)s"))
    part.output_field = IntegerField()
    counts: Counts = defaultdict(lambda: defaultdict(int))
    grouped = rows.order_by().annotate(part=part).values("cell", "part").annotate(total=total)
    for cell, theme, n in grouped.values_list("cell", "part", "total"):
        if n:
            counts[cell][theme] = n
    return counts


def _cells(
    filters: PostFilters, tile: Tile, cz: int, counts: Counts, slugs: dict[int, str]
) -> Iterator[dict]:
    # The mean point of all posts of a cell: a filter changes the number, not the place.
    means = {
        cell: degrees(x / n + 0.5, y / n + 0.5)
        for cell, n, x, y in _pyramid(tile, cz).values_list("morton", "n", "sum_x", "sum_y")
    }
    alone = _alone(filters, tile, cz, {c for c, parts in counts.items() if _n(parts) == 1})
    for cell, parts in sorted(counts.items()):
        bbox = cell_bbox(cell, cz)
        # A post of after the last fold may be in a cell that the pyramid does not know yet.
        middle = [round((bbox[0] + bbox[2]) / 2, 6), round((bbox[1] + bbox[3]) / 2, 6)]
        if cell in alone:
            key, spot = alone[cell]
            yield feature(_at(spot), {**_told(parts, slugs), "spot": str(spot)}, key)
        else:
            yield feature(means.get(cell, middle), {**_told(parts, slugs), "bbox": bbox})


def _alone(
    filters: PostFilters, tile: Tile, cz: int, cells: set[int]
) -> dict[int, tuple[int, int]]:
    """Return (id, spot) of the post of each cell that has only one."""
    shift = 2 * (24 - cz)
    found = {}
    for cell in cells:
        rows = _within(filters, tile).filter(
            morton__gte=cell << shift, morton__lt=cell + 1 << shift
        )
        for spot, key in rows.order_by().values_list("morton", "id")[:1]:
            found[cell] = (key, spot)
    return found


def _spots(
    filters: PostFilters, tile: Tile, _cz: int, counts: Counts, slugs: dict[int, str]
) -> Iterator[dict]:
    few = [spot for spot, parts in counts.items() if _n(parts) <= FAN]
    ids = defaultdict(list)
    rows = _within(filters, tile).filter(morton__in=few).order_by("id")
    for spot, key, theme in rows.values_list("morton", "id", "theme_id"):
        ids[spot].append((key, slugs[theme]))
    for spot, parts in sorted(counts.items()):
        properties = {**_told(parts, slugs), "spot": str(spot)}
        keys = ids.get(spot, [])
        if len(keys) > 1:
            properties["ids"] = [key for key, _theme in keys]
            properties["themes"] = [theme for _key, theme in keys]
        yield feature(_at(spot), properties, keys[0][0] if len(keys) == 1 else None)


def _n(parts: dict[int, int]) -> int:
    return sum(parts.values())


def _at(spot: int) -> list[float]:
    column, row = gather(spot)
    return degrees(column + 0.5, row + 0.5)


def _told(parts: dict[int, int], slugs: dict[int, str]) -> dict:
    named = {slugs[part]: n for part, n in sorted(parts.items()) if part in slugs}
    return {"count": _n(parts), "parts": named}
