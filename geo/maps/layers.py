"""The layers of maps: the base map, areas, clusters and GeoJSON features."""

from collections.abc import Mapping, Sequence

from geo.maps.base import Behaviour
from geo.tiles.grid import SPOTS_FROM


class BaseLayer(Behaviour):
    """Land, water, towns, regions and districts, drawn from our own files by zoom.

    `files` gives the address of each file by name (see `geo.basemap.views`). With `tiles`, the
    address of a tile server, its pictures stand in for land, water and towns. `shaded` says
    whether regions are tinted at first.
    """

    module = "geo/map/base-layer.js"

    def __init__(self, files: Mapping[str, str], tiles: str = "", *, shaded: bool = True) -> None:
        super().__init__("baseLayer", files=dict(files), tiles=tiles, shaded=shaded)


class Clusters(Behaviour):
    """A layer of clusters, spots and single features from cluster tiles, by real markers.

    `tiles` is the address of the tiles with {z}, {x} and {y}; `popup` of a feature's popup with
    {id}; `spot` of the list at one spot with {spot}. `parts` are what rings show shares of:
    mappings with `slug`, `name`, `colour` and `symbol`, in the order of the ring. `look` is
    what they look like: the static path of a module and the function in it that draws the layer.
    The page's filters are sent with every tile where the layer is `filtered`; `shown` says whether
    it is visible at first.
    """

    def __init__(
        self,
        name: str,
        *,
        tiles: str,
        look: tuple[str, str],
        popup: str = "",
        spot: str = "",
        parts: Sequence[Mapping[str, str]] = (),
        filtered: bool = True,
        shown: bool = True,
    ) -> None:
        module, function = look
        super().__init__(
            function,
            module,
            name=name,
            tiles=tiles,
            popup=popup,
            spot=spot,
            parts=[dict(part) for part in parts],
            filtered=filtered,
            shown=shown,
            spotsFrom=SPOTS_FROM,
        )


class Features(Behaviour):
    """What one address answers as GeoJSON, drawn as it is; the map goes where it lies."""

    module = "geo/map/geojson.js"

    def __init__(self, address: str) -> None:
        super().__init__("geojson", address=address)


class Choropleth(Behaviour):
    """Areas of one kind, "regions" or "districts", shaded by a figure of each.

    `areas` are mappings with `code`, `words` to be shown on hover, `shade` (see `geo.maps.shades`)
    and `href`, the page that a click opens. What is not among them is not shaded.
    """

    module = "geo/map/choropleth.js"

    def __init__(
        self, files: Mapping[str, str], kind: str, areas: Sequence[Mapping[str, object]]
    ) -> None:
        near = files.get(kind, "")
        super().__init__(
            "choropleth",
            low=files.get(f"{kind}_low", near),
            near=near,
            areas=[dict(area) for area in areas],
        )
