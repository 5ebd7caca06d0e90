"""The map of pledges: our ground, the pledges on it, the organisations, and the page around it."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geo.basemap import files as basemap_files
from geo.maps.base import BaseMap, Behaviour, MapParts
from geo.maps.layers import BaseLayer, Clusters
from pledges.organisations.models import Organisation
from pledges.pledging.models import Theme

ASIDE = 0.05  # degrees around an organisation that its map begins with

# What a layer looks like: a module and the function in it that draws the layer.
PLEDGES = ("pledges/map/pledge-markers.js", "pledgeClusters")
ORGANISATIONS = ("pledges/map/pledge-markers.js", "organisationClusters")
POSTS = ("conversation/post-markers.js", "postClusters")
EVENTS = ("pledges/map/event-markers.js", "upcomingEventClusters")
PAST_EVENTS = ("pledges/map/event-markers.js", "pastEventClusters")

Look = tuple[tuple[str, str], ...]


class PledgePage(Behaviour):
    """Everything beside the map: search, filters, list, drawer, the sheet on a phone."""

    module = "pledges/map/pledge-map.js"

    def __init__(self, parts: list[dict[str, str]], **addresses: str) -> None:
        super().__init__("pledgeMap", parts=parts, addresses=addresses)


def parts() -> MapParts:
    """Return the rendered map for the themes, files and language of now."""
    looks = tuple(tuple(look.items()) for look in _looks(Theme.objects.all()))
    files = tuple(basemap_files.addresses().items())
    return _rendered(looks, files, settings.TILE_SERVER_URL, get_language() or "")


def _looks(themes: Iterable[Theme]) -> list[dict[str, str]]:
    """Return what rings show of each theme."""
    return [
        {"slug": t.slug, "name": t.local_name, "colour": t.colour, "symbol": t.symbol}
        for t in themes
    ]


# folium compiles its templates at every rendering, which takes longer than the rest of the page.
@lru_cache(maxsize=16)
def _rendered(
    looks: tuple[Look, ...], files: tuple[tuple[str, str], ...], tile_server: str, language: str
) -> MapParts:
    return build([dict(look) for look in looks], dict(files), tile_server).parts()


def build(themes: list[dict[str, str]], files: dict[str, str], tile_server: str = "") -> BaseMap:
    """Put the map together; `themes` are the looks of rings, `files` those of the ground."""
    pledge_map = BaseMap("pledges", _("Map of pledges. Arrow keys move it, plus and minus zoom."))
    BaseLayer(files, tile_server).add_to(pledge_map)
    Clusters(
        "pledges",
        tiles=_tiles("pledges"),
        look=PLEDGES,
        popup=_popup(),
        spot=_spot(),
        parts=themes,
    ).add_to(pledge_map)
    Clusters(
        "organisations",
        tiles=_tiles("organisations"),
        look=ORGANISATIONS,
        filtered=False,
        shown=False,
    ).add_to(pledge_map)
    Clusters(
        "posts",
        tiles=_tiles("posts"),
        look=POSTS,
        popup=reverse("talk-popup", args=[0]).replace("0", "{id}"),
        spot=reverse("talk-spot", args=[0]).replace("0", "{spot}"),
        filtered=False,
        shown=False,
    ).add_to(pledge_map)
    for name, look, when in (("events", EVENTS, "upcoming"), ("past", PAST_EVENTS, "past")):
        tiles = f"{_tiles('events')}?when={when}"
        Clusters(name, tiles=tiles, look=look, filtered=False, shown=False).add_to(pledge_map)
    PledgePage(
        themes,
        list=reverse("map-list"),
        summary=reverse("summary"),
        away=reverse("off-map"),
        geocode=reverse("api-geocode"),
        suggest=reverse("api-suggest"),
        reverse=reverse("api-reverse"),
        hub=reverse("nearest-hub"),
        hubPage=reverse("hub", args=["x"]).replace("x", "{slug}"),
        organisations=reverse("suggest"),
        among=reverse("among"),
    ).add_to(pledge_map)
    return pledge_map


def of_organisation(organisation: Organisation, themes: Iterable[Theme]) -> MapParts | None:
    """Return the map of one organisation's pledges; None where it has no place."""
    if organisation.location is None:
        return None
    at = organisation.location
    south_west, north_east = (at.y - ASIDE, at.x - ASIDE), (at.y + ASIDE, at.x + ASIDE)
    shown = BaseMap("organisation", _("Map of these pledges."), (south_west, north_east))
    BaseLayer(basemap_files.addresses(), settings.TILE_SERVER_URL).add_to(shown)
    code = urlencode({"organisation": organisation.public_code})
    Clusters(
        "pledges",
        tiles=f"{_tiles('pledges')}?{code}",
        look=PLEDGES,
        popup=_popup(),
        spot=_spot(),
        parts=_looks(themes),
        filtered=False,
    ).add_to(shown)
    return shown.parts()


def _popup() -> str:
    return reverse("pledge-popup", args=[0]).replace("0", "{id}")


def _spot() -> str:
    return reverse("spot", args=[0]).replace("0", "{spot}")


def _tiles(layer: str) -> str:
    address = reverse("tile", kwargs={"layer": layer, "z": 0, "x": 0, "y": 0})
    return address.replace("0/0/0", "{z}/{x}/{y}")
