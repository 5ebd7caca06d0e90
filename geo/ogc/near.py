"""Our own `near=lat,lon,metres`: what lies within a distance of a place."""

from dataclasses import dataclass
from typing import Self

from django.contrib.gis.geos import Point
from django.db.models import QuerySet

from geo import params
from geo.errors import BadParameter

FARTHEST = 100_000  # metres


@dataclass(frozen=True)
class Near:
    """Within so many metres of a point in degrees, on the ellipsoid."""

    latitude: float
    longitude: float
    metres: float

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read "50.9,-1.4,5000"; raises BadParameter."""
        parts = value.split(",")
        if len(parts) != 3:
            raise BadParameter("near", "write latitude,longitude,metres")
        return cls(
            params.number("near", parts[0], -90, 90),
            params.number("near", parts[1], -180, 180),
            params.number("near", parts[2], 0, FARTHEST),
        )

    def apply(self, rows: QuerySet) -> QuerySet:
        return rows.within(Point(self.longitude, self.latitude, srid=4326), self.metres)

    def pairs(self) -> list[tuple[str, str]]:
        return [("near", f"{self.latitude!r},{self.longitude!r},{self.metres!r}")]
