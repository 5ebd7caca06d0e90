"""Cluster tiles of posts: exact counts at any filter, by the cheapest way that has them.

Nothing filtered, or by theme alone: the pyramid. Theme, kind, answered, region or nation, whole
months: the cube up to zoom 10. Anything else: the rows, a tile's contiguous range of Morton codes.
"""

from django.db.models import Max, Min

from geo.clusters import Counts, TileOf
from geo.tiles import Tile, collection
from geo.totals.fold import HIGHEST_CUBE
from geo.totals.periods import span
from hubs.conversation.filters import PostFilters
from hubs.conversation.models import SPEC, Post, Theme
from hubs.conversation.totals import MOST_MATCHES, count


def clusters(filters: PostFilters, tile: Tile) -> dict:
    """Return the FeatureCollection of a tile: clusters, and from zoom 16 on spots.

    Every feature has `count` and `parts` (posts by theme slug). A spot with one post has the post's
    id; with up to 12, `ids` and their `themes`. `more_than` stands instead of features where the
    words match more posts than are counted.
    """
    if filters.q and count(filters) is None:
        return collection([], more_than=MOST_MATCHES)
    slugs = dict(Theme.objects.values_list("number", "slug"))
    drawn, rows = TileOf(SPEC, tile), filters.apply(Post.objects.public())
    return collection(drawn.features(_counts(filters, drawn), rows, slugs))


def _counts(filters: PostFilters, drawn: TileOf) -> Counts:
    if filters == PostFilters(theme=filters.theme):
        return drawn.from_pyramid(filters.facets.get("theme"))
    if filters.beyond_counts or drawn.cz > HIGHEST_CUBE:
        return drawn.from_rows(filters.apply(Post.objects.public()))
    days = Post.objects.public().aggregate(first=Min("day"), last=Max("day"))
    if days["first"] is None:
        return {}
    cut = span(filters.since, filters.until, days["first"], days["last"])
    counts = drawn.from_cube(cut.periods, filters.regions, filters.facets)
    for first, last in cut.loose:
        loose = filters.between(first, last).apply(Post.objects.public())
        for cell, parts in drawn.from_rows(loose).items():
            for part, n in parts.items():
                counts[cell][part] += n
    return counts
