"""What all rows of an employer are selected by: the employer, and where it is."""

from typing import Any, Self, TypeVar

from django.contrib.gis.db.models import Extent
from django.contrib.gis.geos import GEOSGeometry
from django.db import models
from django.db.models import Q

from geo.areas.models import Area
from pledges.organisations.models import Organisation

Row = TypeVar("Row", bound=models.Model)


def in_area(area: Area, prefix: str = "") -> Q:
    """Organisations in a nation, region or district; `prefix` is the path that leads to them."""
    path = {
        Area.Kind.NATION: "region__parent",
        Area.Kind.REGION: "region",
        Area.Kind.DISTRICT: "district",
    }[Area.Kind(area.kind)]
    return Q(**{f"{prefix}{path}": area.pk})


class EmployerRowsQuerySet(models.QuerySet[Row]):
    """For models with a foreign key `organisation`; their place is that of the organisation."""

    def of(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)

    def in_bbox(self, bbox: GEOSGeometry) -> Self:
        """Rows of organisations whose point intersects the box (SRID 4326)."""
        return self.filter(organisation__location__intersects=bbox)

    def extent(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of the points in degrees; None without any."""
        found: dict[str, Any] = self.order_by().aggregate(box=Extent("organisation__location"))
        return found["box"]
