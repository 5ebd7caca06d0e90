"""Cluster tiles of pledges: exact counts at any filter, by the cheapest way that has them.

1. Nothing filtered, or by theme alone: the pyramid, at most 16 rows a tile. Unfiltered, the whole
   tile is one statement (`pledges.map.pyramid`): nearly all tiles asked for are of this kind.
2. Theme, who, i_am, status, region or nation, whole months: the cube up to zoom 10; the days of a
   month that is not whole are read from the rows and added.
3. Words: the matches, which are read once and kept.
4. Anything else (organisation, district), and all filters closer than zoom 10: the rows, through
   an index that holds all that is asked.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Max, Min

from geo.counts.fold import HIGHEST_CUBE, SPOT
from geo.counts.periods import span
from geo.tiles.clusters import FAN, Counts, LayerTile, cell_zoom, count_properties, spot_position
from geo.tiles.grid import Tile, cell_bbox, collection, degrees, feature
from pledges.counts.totals import too_many, version
from pledges.feed.search import MOST_MATCHES, matches
from pledges.filters import PledgeFilters
from pledges.map import pyramid
from pledges.pledging.models import SPEC, Pledge

__all__ = ["FAN", "clusters"]

UNFILTERED = PledgeFilters()


def clusters(filters: PledgeFilters, tile: Tile) -> dict:
    """Return the FeatureCollection of a tile: clusters, and from zoom 16 on spots.

    Every feature has `count` and `parts` (pledges by theme slug). A spot with one pledge has the
    pledge's id; with up to 12, `ids` and their `themes`. `more_than` stands instead of features
    where the words match more pledges than are counted.
    """
    cz, slugs = cell_zoom(tile), pyramid.slugs()
    if cz != SPOT and filters == UNFILTERED:
        return collection(_from_pyramid_alone(tile, cz, slugs))
    if too_many(filters):
        return collection([], more_than=MOST_MATCHES)
    drawn, rows = LayerTile(SPEC, tile), filters.apply(Pledge.objects.public())
    return collection(drawn.features(_counts(filters, drawn), rows, slugs))


def _from_pyramid_alone(tile: Tile, cz: int, slugs: dict[int, str]) -> Iterable[dict]:
    for cell in pyramid.cells(tile, cz):
        said = count_properties(cell.parts, slugs)
        if cell.key:
            yield feature(spot_position(cell.spot), {**said, "spot": str(cell.spot)}, cell.key)
        else:
            yield feature(degrees(cell.x, cell.y), {**said, "bbox": cell_bbox(cell.code, cz)})


def _counts(filters: PledgeFilters, drawn: LayerTile) -> Counts:
    if filters == PledgeFilters(theme=filters.theme):
        return drawn.from_pyramid(filters.facets.get("theme"))
    if filters.q and not filters.bbox:
        return _from_matches(filters, drawn)
    if filters.beyond_counts or drawn.cz > HIGHEST_CUBE:
        return drawn.from_rows(filters.apply(Pledge.objects.public()))
    days = Pledge.objects.public().aggregate(first=Min("day"), last=Max("day"))
    if days["first"] is None:
        return {}
    cut = span(filters.since, filters.until, days["first"], days["last"])
    counts = drawn.from_cube(cut.periods, filters.regions, filters.facets)
    for first, last in cut.loose:
        loose = filters.between(first, last).apply(Pledge.objects.public())
        for cell, parts in drawn.from_rows(loose).items():
            for part, n in parts.items():
                counts[cell][part] += n
    return counts


def _from_matches(filters: PledgeFilters, drawn: LayerTile) -> Counts:
    found, tile = matches(filters, version()), drawn.tile
    counts: Counts = defaultdict(lambda: defaultdict(int))
    for (cell, facet), n in (
        found.cells(tile.low, tile.high, 2 * (SPOT - drawn.cz)).items() if found else ()
    ):
        counts[cell][SPEC.values(facet)["theme"]] += n
    return counts
