"""What the HTML pages show beside their documents: a map, and a table."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from geo.basemap import files as basemap_files
from geo.maps.base import BaseMap, MapParts
from geo.maps.layers import BaseLayer, Features
from geo.ogcapi.features import properties
from geo.ogcapi.fields import PageUrlField
from geo.ogcapi.layers import Layer

COLUMNS = 7  # beside the id: a table with more is wider than a page


def map_of(address: str) -> MapParts:
    """Return the map of what an address answers as GeoJSON in degrees."""
    shown = BaseMap("features", _("Map of the features. Arrow keys move it, plus and minus zoom."))
    BaseLayer(dict(basemap_files.addresses()), settings.TILE_SERVER_URL).add_to(shown)
    Features(address).add_to(shown)
    return shown.parts()


def titles(layer: Layer) -> dict[str, str]:
    """Return the label of each property by its name."""
    return {name: str(field.label or name) for name, field in properties(layer.serializer())}


def table(layer: Layer, found: Iterable[dict]) -> dict[str, object]:
    """Return head and rows of a table: the first properties of each feature, and where it is."""
    named = {
        name: field.label or name
        for name, field in properties(layer.serializer())
        if not isinstance(field, PageUrlField)
    }
    chosen = list(named)[:COLUMNS]
    rows = [(each["id"], [each["properties"].get(name) for name in chosen]) for each in found]
    return {"head": [named[name] for name in chosen], "rows": rows}
