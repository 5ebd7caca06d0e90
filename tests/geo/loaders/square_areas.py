"""Draw squares and write them to files, for the loaders of boundaries."""

import datetime
from pathlib import Path

from django.core.management import call_command

from geo.areas.models import Area


def box(west: float, south: float, east: float, north: float) -> list:
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def feature(code: str, name: str, coordinates: list, kind: str = "Polygon", **more: str) -> dict:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, **more},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def load(path: Path, slug: str = "2025-04", day: str = "2025-04-01", **options: object) -> None:
    valid_from = datetime.date.fromisoformat(day)
    given = {"kind": "district", "edition": slug, "valid_from": valid_from, **options}
    call_command("load_boundaries", path, **given)


def by_parent() -> dict[str, str]:
    return dict(Area.objects.districts().values_list("code", "parent__code"))
