"""The maps of hubs: all of them on the country, and one with its area and districts."""

from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.basemap import files as basemap_files
from geo.maps.base import UNITED_KINGDOM, BaseMap, Behaviour, MapParts
from geo.maps.layers import BaseLayer
from hubs.hub.area_summary import District
from hubs.hub.models import Hub

Files = tuple[tuple[str, str], ...]
HUBS_READ = 100  # more than there will be; the API answers up to 10,000


class HubPoints(Behaviour):
    """Hubs by their own words, fetched from the API: each has a dot, and its area opens its page.

    All is drawn on canvas: the list beside the map is what keys and screen readers go by.
    """

    module = "hubs/hub-points.js"

    def __init__(self, areas: str = "") -> None:
        address = reverse("api:items", args=["hubs"])
        page = reverse("hub", args=["x"]).replace("x", "{slug}")
        hubs = f"{address}?limit={HUBS_READ}"
        super().__init__("hubPoints", hubs=hubs, page=page, areas=areas)


class Shading(Behaviour):
    """Districts of a hub shaded by their pledges, and the outline of its regions."""

    module = "hubs/hub-area.js"

    def __init__(
        self, files: dict[str, str], regions: Sequence[str], districts: Sequence[dict]
    ) -> None:
        wanted = ("districts_low", "districts", "regions")
        addresses = {name: files[name] for name in wanted if name in files}
        super().__init__(
            "hubArea", files=addresses, regions=list(regions), districts=list(districts)
        )


def all_hubs() -> MapParts:
    """The country with every hub."""
    return _all(
        tuple(basemap_files.addresses().items()), settings.TILE_SERVER_URL, get_language() or ""
    )


def of_hub(hub: Hub, districts: Sequence[District]) -> MapParts:
    """The area of a hub, its districts shaded by their pledges."""
    shown = tuple((one.area.code, one.area.local_name, one.pledges, one.shade) for one in districts)
    regions = tuple(area.code for area in hub.areas.all())
    files = tuple(basemap_files.addresses().items())
    return _one(regions, shown, files, settings.TILE_SERVER_URL, get_language() or "")


# folium compiles its templates at every rendering, which takes longer than the rest of the page.
@lru_cache(maxsize=8)
def _all(files: Files, tiles: str, language: str) -> MapParts:
    label = _("Map of hubs. Arrow keys move it, plus and minus zoom.")
    drawn = BaseMap("hubs", label, addressed=False)
    BaseLayer(dict(files), tiles).add_to(drawn)
    HubPoints(dict(files).get("regions_low", "")).add_to(drawn)
    return drawn.parts()


@lru_cache(maxsize=64)
def _one(
    regions: tuple[str, ...], shown: tuple, files: Files, tiles: str, language: str
) -> MapParts:
    label = _("Map of the hub’s area. Arrow keys move it, plus and minus zoom.")
    drawn = BaseMap("hub", label, _bounds(regions), addressed=False)
    BaseLayer(dict(files), tiles, shaded=False).add_to(drawn)
    names = ("code", "name", "pledges", "shade")
    districts = [dict(zip(names, one, strict=True)) for one in shown]
    Shading(dict(files), regions, districts).add_to(drawn)
    HubPoints().add_to(drawn)
    return drawn.parts()


def _bounds(regions: Sequence[str]) -> Sequence:
    """South-west and north-east of the regions together; of the country where there are none."""
    extent = Area.objects.regions().filter(code__in=regions).extent()
    if not extent:
        return UNITED_KINGDOM
    west, south, east, north = extent
    return ((south, west), (north, east))
