"""The map of posts, under the filters of the feed."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from geo import ground
from geo.maps import BaseLayer, BaseMap, Clusters, MapParts
from hubs.conversation.filters import PostFilters


class Bubbles(Clusters):
    """Clusters of posts on a page that is about nothing else."""

    scripts = (*Clusters.scripts, "pledges/faces.js", "conversation/bubbles.js")


def of_posts(filters: PostFilters) -> MapParts:
    """Return the map of the posts that pass."""
    shown = BaseMap("posts", _("Map of posts. Arrow keys move it, plus and minus zoom."))
    BaseLayer(ground.addresses(), settings.TILE_SERVER_URL).add_to(shown)
    address = reverse("tile", kwargs={"layer": "posts", "z": 0, "x": 0, "y": 0})
    words = filters.without_bbox().query_string()
    spot = reverse("talk-spot", args=[0]).replace("0", "{spot}")
    Bubbles(
        "posts",
        tiles=address.replace("0/0/0", "{z}/{x}/{y}") + (f"?{words}" if words else ""),
        look="posts",
        popup=reverse("talk-popup", args=[0]).replace("0", "{id}"),
        spot=spot + (f"?{words}" if words else ""),
        filtered=False,
    ).add_to(shown)
    return shown.parts()
