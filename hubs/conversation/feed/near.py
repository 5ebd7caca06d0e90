"""The posts nearest to a place that somebody named."""

from django.contrib.gis.geos import Point

from hubs.conversation.feed import orders
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import Post
from pledges.feed.near import Metres
from pledges.feed.orders import ALL, FEW

MOST = 50  # posts on a page near a place


def nearest(place: Point, filters: PostFilters, limit: int, on_map: int | None) -> list[Post]:
    """Return the `limit` public posts on the map that pass, nearest first.

    `on_map` is how many on the map pass, None for more than are counted. Where they are many the
    index in metres is walked from the place; where few, all are gathered and sorted.
    """
    passing = filters.apply(Post.objects.public().on_map()).order_by()
    if on_map is not None and on_map <= FEW:
        passing = Post.objects.filter(pk__in=passing.values("pk")[:ALL])
    keys = passing.order_by(Metres("location", place), "-id").values_list("pk", flat=True)
    return orders.in_order(list(keys[:limit]))
