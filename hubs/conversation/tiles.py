"""Cluster tiles of posts, exact at any filter, and the map that shows them."""

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from geo.basemap import files as basemap_files
from geo.counts.fold import HIGHEST_CUBE
from geo.counts.periods import span
from geo.maps.base import BaseMap, MapParts
from geo.maps.layers import BaseLayer, Clusters
from geo.tiles.clusters import Counts, LayerTile
from geo.tiles.grid import Tile, collection
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import SPEC, Post
from hubs.conversation.models.themes import Theme
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
    drawn, rows = LayerTile(SPEC, tile), filters.apply(Post.objects.public())
    return collection(drawn.features(_counts(filters, drawn), rows, slugs))


def _counts(filters: PostFilters, drawn: LayerTile) -> Counts:
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


def of_posts(filters: PostFilters) -> MapParts:
    """Return the map of the posts that pass."""
    shown = BaseMap("posts", _("Map of posts. Arrow keys move it, plus and minus zoom."))
    BaseLayer(basemap_files.addresses(), settings.TILE_SERVER_URL).add_to(shown)
    address = reverse("tile", kwargs={"layer": "posts", "z": 0, "x": 0, "y": 0})
    words = filters.without_bbox().query_string()
    spot = reverse("talk-spot", args=[0]).replace("0", "{spot}")
    Clusters(
        "posts",
        tiles=address.replace("0/0/0", "{z}/{x}/{y}") + (f"?{words}" if words else ""),
        look=("conversation/post-markers.js", "postClusters"),
        popup=reverse("talk-popup", args=[0]).replace("0", "{id}"),
        spot=spot + (f"?{words}" if words else ""),
        filtered=False,
    ).add_to(shown)
    return shown.parts()
