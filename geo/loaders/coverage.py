"""How well the boundaries agree with the codes that postcodes carry."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from geo.areas.models import Area, AreaPiece, RegionException
from geo.geocoding.models import Postcode
from geo.loaders.datasets import DataMissing, DataRefused

# Smallest share of live postcodes that must fall in the area of their code: inside it, and with
# the nearest boundary's area for those that no boundary holds.
THRESHOLDS = {
    Area.Kind.REGION: (0.998, 0.9998),
    Area.Kind.DISTRICT: (0.996, 0.997),
}
# A column of the Organisation Data Service's files, of 27: region's code, and the postcode.
ODS_COLUMNS, ODS_REGION, ODS_POSTCODE = 27, 2, 9

TRUTH = """
CREATE TEMPORARY TABLE truth ON COMMIT DROP AS
SELECT postcode.code,
       postcode.location,
       CASE WHEN %(kind)s = 'district' THEN district.id
            ELSE coalesce(exception.region_id, district.parent_id) END AS area_id
FROM {postcode} AS postcode
JOIN {area} AS district
  ON district.kind = 'district' AND district.ended IS NULL
 AND district.code = postcode.district_code
LEFT JOIN {exception} AS exception
  ON exception.district_id = district.id
 AND exception.postcode_area = substring(postcode.code FROM '^[A-Z]+')
WHERE postcode.live
"""
# Piece by piece, so that PostGIS prepares each shape once: six times quicker than by postcodes.
# OFFSET 0 keeps the planner from turning the loop round.
HELD = """
CREATE TEMPORARY TABLE held ON COMMIT DROP AS
SELECT found.code, piece.area_id
FROM {piece} AS piece
JOIN {area} AS area ON area.id = piece.area_id
CROSS JOIN LATERAL (
    SELECT postcode.code
    FROM {postcode} AS postcode
    WHERE postcode.live AND ST_Intersects(piece.shape, postcode.location)
    OFFSET 0
) AS found
WHERE area.kind = %(kind)s AND area.ended IS NULL
"""
COUNT = """
WITH wrong AS MATERIALIZED (
    SELECT truth.area_id, truth.location
    FROM truth
    WHERE NOT EXISTS (
        SELECT FROM held WHERE held.code = truth.code AND held.area_id = truth.area_id
    )
), nearest AS (
    SELECT wrong.area_id, found.area_id AS nearest_id, found.degrees
    FROM wrong
    CROSS JOIN LATERAL (
        SELECT piece.area_id, piece.shape <-> wrong.location AS degrees
        FROM {piece} AS piece
        JOIN {area} AS area ON area.id = piece.area_id
        WHERE area.kind = %(kind)s AND area.ended IS NULL
        ORDER BY piece.shape <-> wrong.location
        LIMIT 1
    ) AS found
)
SELECT (SELECT count(*) FROM truth),
       (SELECT count(*) FROM wrong),
       (SELECT count(*) FROM nearest WHERE degrees > 0 AND nearest_id = area_id)
"""


@dataclass(frozen=True)
class Agreement:
    """Counts of live postcodes: all, those inside the right area, and those nearest to it."""

    kind: str
    total: int
    inside: int
    nearest: int

    @property
    def shares(self) -> tuple[float, float]:
        """Share inside, and share inside or nearest, each from 0 to 1."""
        if not self.total:
            return 0.0, 0.0
        return self.inside / self.total, (self.inside + self.nearest) / self.total

    @property
    def enough(self) -> bool:
        least = THRESHOLDS[Area.Kind(self.kind)]
        return all(share >= low for share, low in zip(self.shares, least, strict=True))


def of_postcodes(kind: str) -> Agreement:
    """Compare geometry with codes for every live postcode; a minute for the whole country.

    Must run inside a transaction, which drops the temporary tables at its end.
    """
    tables = {
        "postcode": Postcode._meta.db_table,
        "area": Area._meta.db_table,
        "piece": AreaPiece._meta.db_table,
        "exception": RegionException._meta.db_table,
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS truth, held")
        for made in (TRUTH, HELD):
            cursor.execute(made.format(**tables), {"kind": kind})
        cursor.execute("ANALYZE truth, held")
        cursor.execute(COUNT.format(**tables), {"kind": kind})
        total, wrong, nearest = cursor.fetchone()
    return Agreement(kind, total, total - wrong, nearest)


@dataclass(frozen=True)
class Organisation:
    """A row of an ODS file, and the codes of the regions whose boundary holds its postcode."""

    code: str
    postcode: str
    region: str
    found: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return self.found == (self.region,)


def of_organisations(path: Path) -> Iterator[Organisation]:
    """Compare geometry with the region that an ODS file names, for rows that name one of ours.

    Raises DataMissing without the file, DataRefused for one that is not laid out as ODS files are.
    """
    regions = set(Area.objects.regions().values_list("code", flat=True))
    rows = [row for row in _rows(path) if row[ODS_REGION] in regions]
    postcodes = Postcode.objects.in_bulk({_code(row) for row in rows})
    for row in rows:
        found: tuple[str, ...] = ()
        if postcode := postcodes.get(_code(row)):
            inside = Area.objects.regions().containing(postcode.location)
            found = tuple(inside.values_list("code", flat=True))
        yield Organisation(row[0], row[ODS_POSTCODE], row[ODS_REGION], found)


def _code(row: list[str]) -> str:
    return row[ODS_POSTCODE].replace(" ", "").upper()


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        # The service writes in Windows' Western code page.
        with path.open(newline="", encoding="cp1252") as lines:
            for number, row in enumerate(csv.reader(lines), start=1):
                if len(row) != ODS_COLUMNS:
                    raise DataRefused(
                        f"{path}, line {number}: {len(row)} columns instead of {ODS_COLUMNS}."
                    )
                yield row
    except OSError as error:
        raise DataMissing(f"{path} cannot be read: {error.strerror}.") from error
