"""Load the regional hubs from JSON: their names and texts, their place, the areas they serve."""

from pathlib import Path

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import transaction

from geo.areas.models import Area
from geo.core.errors import BadParameter
from geo.core.params import number
from geo.loaders import json_files
from geo.loaders.datasets import DataRefused, Report, loaded_version, remember
from hubs.hub.models import Hub

NAME = "hubs"
HUBS = Path(settings.BASE_DIR) / "fixtures" / "hubs.json"
FIELDS = ("slug", "name", "name_cy", "welcome", "welcome_cy", "email", "place")


def load_hubs(report: Report, path: Path = HUBS, *, force: bool = False) -> bool:
    """Add or update the file's hubs by code; answer False if this same file was loaded last.

    Each hub is an object with `code`, the fields above, `lon` and `lat` in degrees and `areas`, a
    list of the codes of the regions it serves. A hub that the file does not name stays, and so do
    the fields that a hub's own team has edited, except by `force`. Raises DataRefused, with
    everything as it was, for values that do not fit or an unknown area.
    """
    version = json_files.fingerprint(path)
    # What operators changed since must outlive the next start.
    if not force and loaded_version(NAME) == version and Hub.objects.exists():
        report(f"Hubs: already loaded ({version}).")
        return False
    rows = json_files.objects(path)
    regions = {area.code: area for area in Area.objects.regions().without_boundaries()}
    with transaction.atomic():
        for row in rows:
            try:
                _save(row, regions, force)
            except (BadParameter, KeyError, TypeError, ValidationError) as error:
                raise DataRefused(f"{path.name}, {row.get('name')}: {_reason(error)}") from error
        remember(NAME, version, len(rows))
    report(f"Hubs: {len(rows)} loaded.")
    return True


def _save(row: dict, regions: dict[str, Area], force: bool) -> None:
    served = [regions[code] for code in row["areas"]]
    hub = Hub.objects.filter(code=row["code"]).first() or Hub(code=row["code"])
    for name in FIELDS if force or not hub.edited_at else ():
        setattr(hub, name, row[name])
    longitude = number("lon", str(row["lon"]), -180, 180)
    hub.location = Point(longitude, number("lat", str(row["lat"]), -90, 90), srid=4326)
    hub.full_clean()
    hub.save()
    hub.areas.set(served)


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing, or no region has this code."
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
