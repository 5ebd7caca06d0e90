"""Outcodes and sectors, worked out from the postcodes, and the Crown dependencies' outcodes."""

import csv
from pathlib import Path

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection, models

from geo.geocoding.models import Outcode, Postcode, Sector

CROWN_DEPENDENCIES = Path(settings.BASE_DIR) / "fixtures" / "crown_dependencies.csv"

# A group's place is the median of its live postcodes, which a few far ones cannot drag away; only
# where none is live do the terminated ones stand for it.
REBUILD = """
INSERT INTO {group} (code, location, district_code, postcodes, bounds{more_columns})
SELECT DISTINCT ON (code) code, location, district_code, postcodes, bounds{more_values}
FROM (
    SELECT left(code, {cut}) AS code,
           live,
           ST_SetSRID(ST_MakePoint(
               percentile_cont(0.5) WITHIN GROUP (ORDER BY ST_X(location)),
               percentile_cont(0.5) WITHIN GROUP (ORDER BY ST_Y(location))
           ), 4326) AS location,
           mode() WITHIN GROUP (ORDER BY district_code) AS district_code,
           count(*) AS postcodes,
           ARRAY[min(ST_X(location)), min(ST_Y(location)), max(ST_X(location)), max(ST_Y(location))]
               AS bounds
    FROM {postcode}
    GROUP BY 1, 2
) AS grouped
ORDER BY code, live DESC
"""


def rebuild() -> tuple[int, int]:
    """Rebuild both tables inside the caller's transaction; answer how many rows each has."""
    _rebuild(Outcode, cut=-3, more={"town": "''"})
    _rebuild(Sector, cut=-2, more={})
    Outcode.objects.bulk_create(_crown_dependencies(), ignore_conflicts=True)
    return Outcode.objects.count(), Sector.objects.count()


def _rebuild(model: type[models.Model], *, cut: int, more: dict[str, str]) -> None:
    model._default_manager.all().delete()
    quote = connection.ops.quote_name
    sql = REBUILD.format(
        group=quote(model._meta.db_table),
        postcode=quote(Postcode._meta.db_table),
        cut=cut,
        more_columns="".join(f", {name}" for name in more),
        more_values="".join(f", {value}" for value in more.values()),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _crown_dependencies() -> list[Outcode]:
    with CROWN_DEPENDENCIES.open(newline="", encoding="utf-8") as lines:
        return [
            Outcode(
                code=row["outcode"],
                town=row["town"],
                location=Point(float(row["lon"]), float(row["lat"]), srid=4326),
                district_code=row["country"],
                postcodes=0,
            )
            for row in csv.DictReader(lines)
        ]
