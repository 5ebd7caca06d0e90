"""The base map: files of land, water and towns, and the boundaries of areas.

Shapes are packed (see `geo.basemap.packing`); names are rows of name, population,
longitude, latitude.
Every file has a version; the response under the right version may be cached for ever.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from django.conf import settings
from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db import connection
from django.urls import reverse
from django.utils.translation import get_language

from geo.areas.models import Area
from geo.basemap.packing import pack
from geo.core.errors import NotFound

FILES = ("land_low", "land", "lakes", "rivers", "built", "labels")
# Towns for the first view: the whole list would weigh more than the map under it.
LABELS_LOW, MOST_LABELS_LOW = "labels_low", 60
AREAS = {
    "regions_low": (Area.Kind.REGION, "boundary_low"),
    "regions": (Area.Kind.REGION, "boundary"),
    "districts_low": (Area.Kind.DISTRICT, "boundary_low"),
    "districts": (Area.Kind.DISTRICT, "boundary"),
}
# Every write gives a row another xmin or place; the boundaries themselves need not be read.
AREAS_VERSION = """
select left(md5(string_agg(xmin::text || ctid::text, ',' order by id)), 12)
from geo_area where ended is null
"""
DECIMALS = 4  # of a degree: 11 m
FORMAT = b"1"  # another one when files are written differently from the same source


@dataclass(frozen=True)
class Packed:
    """A file ready to send, in both compressions that browsers take."""

    version: str
    brotli: bytes
    gzip: bytes

    @classmethod
    def of(cls, content: dict, version: str) -> "Packed":
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(version, brotli.compress(text, quality=9), gzip.compress(text, 9, mtime=0))


def addresses() -> dict[str, str]:
    """Return the address of every file that there is, its version included."""
    language = get_language() or ""
    versions = {name: _file_version(name) for name in (*FILES, LABELS_LOW) if _path(name).exists()}
    areas = _areas_version()
    versions |= dict.fromkeys(AREAS, f"{areas}-{language}") if areas else {}
    return {
        name: f"{reverse('base', args=[name])}?v={version}" for name, version in versions.items()
    }


def packed(name: str) -> Packed:
    """Return a file in its newest version. Raises NotFound for a name that has none."""
    if name in AREAS:
        version = _areas_version()
        if version:
            return _areas(name, version, get_language() or "")
    elif name in (*FILES, LABELS_LOW) and _path(name).exists():
        return _file(name, _file_version(name))
    raise NotFound("There is no such part of the map.")


def _path(name: str) -> Path:
    stem = "labels" if name == LABELS_LOW else name
    return Path(settings.BASE_LAYER) / f"{stem}.geojson"


def _file_version(name: str) -> str:
    return _digest(_path(name), _path(name).stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _digest(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes() + FORMAT).hexdigest()[:12]


@lru_cache(maxsize=16)
def _file(name: str, version: str) -> Packed:
    features = json.loads(_path(name).read_bytes())["features"]
    if not name.startswith("labels"):
        return Packed.of(pack(features), version)
    most = MOST_LABELS_LOW if name == LABELS_LOW else None
    names = [
        [
            row["properties"]["name"],
            row["properties"]["population"],
            *row["geometry"]["coordinates"],
        ]
        for row in features[:most]
    ]
    return Packed.of({"names": names}, version)


def _areas_version() -> str:
    """A word that changes when any current area does; empty while there are none."""
    with connection.cursor() as cursor:
        cursor.execute(AREAS_VERSION)
        return cursor.fetchone()[0] or ""


@lru_cache(maxsize=16)
def _areas(name: str, version: str, language: str) -> Packed:
    kind, field = AREAS[name]
    areas = Area.objects.current().filter(kind=kind, **{f"{field}__isnull": False})
    shaped = areas.annotate(shape=AsGeoJSON(field, precision=DECIMALS))
    features = [
        {
            "properties": {
                "code": area.code,
                "name": area.local_name,
                "label": [round(area.label.x, 3), round(area.label.y, 3)],
            },
            "geometry": json.loads(area.shape),
        }
        for area in shaped.without_boundaries().order_by("code")
    ]
    return Packed.of(pack(features), f"{version}-{language}")
