"""The choropleth of a dashboard: a folium map for the page, and a drawing of it for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.contrib.gis.db.models import MultiPolygonField
from django.contrib.gis.db.models.functions import AsSVG, Transform
from django.db.models import Func
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.basemap import files as basemap_files
from geo.core.tables import Row, Table
from geo.maps.base import UNITED_KINGDOM, BaseMap, MapParts
from geo.maps.layers import BaseLayer
from geo.maps.shades import COLOURS, shades
from hubs.hub.maps import Shading

SHADES = COLOURS
MERCATOR = 3857
Files = tuple[tuple[str, str], ...]
Shaded = tuple[tuple[str, str, int, int], ...]  # code, name, pledges, shade


def districts_of(table: Table) -> list[Row]:
    """The districts of a table: without its sums and what is elsewhere."""
    return [row for row in table.parts if row.link]


def shaded(table: Table) -> Shaded:
    """Districts with their pledges and shade; one that lies in two regions has both its parts."""
    numbers: dict[str, int] = {}
    names: dict[str, str] = {}
    for row in districts_of(table):
        code = str(row.key)
        numbers[code] = numbers.get(code, 0) + cast(int, row.values[0])
        names.setdefault(code, row.title)
    found = shades(list(numbers.values()))
    return tuple(
        (code, names[code], n, shade)
        for (code, n), shade in zip(numbers.items(), found, strict=True)
    )


def choropleth(table: Table, regions: Sequence[str]) -> MapParts:
    """Return the map of a table by district, with its regions outlined."""
    files = tuple(basemap_files.addresses().items())
    return _rendered(
        tuple(regions), shaded(table), files, settings.TILE_SERVER_URL, get_language() or ""
    )


# folium compiles its templates at every rendering, which takes longer than the rest of the page.
@lru_cache(maxsize=64)
def _rendered(
    regions: tuple[str, ...], districts: Shaded, files: Files, tiles: str, language: str
) -> MapParts:
    label = _("Map of pledges by district. Arrow keys move it, plus and minus zoom.")
    extent = Area.objects.regions().filter(code__in=regions).extent()
    west, south, east, north = extent or (*UNITED_KINGDOM[0][::-1], *UNITED_KINGDOM[1][::-1])
    base_map = BaseMap("dashboard", label, ((south, west), (north, east)))
    BaseLayer(dict(files), tiles, shaded=False).add_to(base_map)
    names = ("code", "name", "pledges", "shade")
    Shading(dict(files), regions, [dict(zip(names, one, strict=True)) for one in districts]).add_to(
        base_map
    )
    return base_map.parts()


class Simplified(Func):
    function = "ST_SimplifyPreserveTopology"
    output_field = MultiPolygonField(srid=MERCATOR)


@dataclass(frozen=True)
class Drawing:
    """SVG paths (data, colour) and the view box that holds them."""

    box: str
    paths: list[tuple[str, str]]


def drawing(table: Table | None) -> Drawing | None:
    """Return the same map as paths of SVG, for paper."""
    if table is None:
        return None
    districts = shaded(table)
    outlines = dict(_outlines(tuple(code for code, *_rest in districts), _version()))
    paths = [
        (outlines[code], SHADES[shade]) for code, _n, _p, shade in districts if code in outlines
    ]
    box = _box(tuple(outlines))
    return Drawing(box, paths) if paths and box else None


def _version() -> str:
    return basemap_files.addresses().get("districts_low", "")


@lru_cache(maxsize=32)
def _outlines(codes: tuple[str, ...], version: str) -> tuple[tuple[str, str], ...]:
    """Return the path of each district, coarser where there are many: paper is small."""
    metres = 4_000 if len(codes) > 120 else 1_500
    flat = Simplified(Transform("boundary_low", MERCATOR), metres)
    areas = Area.objects.districts().filter(code__in=codes, boundary_low__isnull=False)
    simplified = areas.annotate(path=AsSVG(flat, relative=True, precision=0))
    return tuple(simplified.order_by("code").values_list("code", "path"))


@lru_cache(maxsize=32)
def _box(codes: tuple[str, ...]) -> str:
    areas = (
        Area.objects.districts()
        .filter(code__in=codes)
        .annotate(flat=Transform("boundary_low", MERCATOR))
    )
    extents = [flat.extent for flat in areas.values_list("flat", flat=True) if flat]
    if not extents:
        return ""
    west, south = min(e[0] for e in extents), min(e[1] for e in extents)
    east, north = max(e[2] for e in extents), max(e[3] for e in extents)
    return f"{west:.0f} {-north:.0f} {east - west:.0f} {north - south:.0f}"
