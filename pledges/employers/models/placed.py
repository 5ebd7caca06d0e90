"""Rows that lie where their employer does."""

from django.contrib.gis.db.models import Extent
from django.contrib.gis.geos import GEOSGeometry
from django.db import models

from geo.areas.models import Area


class AtEmployerQuerySet(models.QuerySet):
    def in_bbox(self, bbox: GEOSGeometry) -> "AtEmployerQuerySet":
        """Rows whose employer's point meets the box (SRID 4326)."""
        return self.filter(organisation__location__intersects=bbox)

    def extent(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of the points in degrees, or None where there is none."""
        return self.order_by().aggregate(box=Extent("organisation__location"))["box"]

    def in_area(self, area: Area) -> "AtEmployerQuerySet":
        """Rows of employers in a nation, region or district."""
        place = {
            Area.Kind.NATION: {"organisation__region__parent": area.pk},
            Area.Kind.REGION: {"organisation__region": area.pk},
            Area.Kind.DISTRICT: {"organisation__district": area.pk},
        }
        return self.filter(**place[area.kind])
