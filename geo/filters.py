"""What a reader asks of a layer: parsed once from a query string, meant the same everywhere."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self
from urllib.parse import urlencode

from django.contrib.gis.geos import GEOSGeometry
from django.db.models import QuerySet
from django.http import QueryDict

from geo import params


@dataclass(frozen=True)
class Filters:
    """Base of every layer's filters. `names` are the parameters that the class reads."""

    names: ClassVar[tuple[str, ...]] = ("bbox",)

    bbox: GEOSGeometry | None = None

    @classmethod
    def parse(cls, query: QueryDict, also: tuple[str, ...] = ()) -> Self:
        """Read the query; a name that neither the class nor `also` has raises UnknownParameter."""
        params.reject_unknown(query, (*cls.names, *also))
        return cls(bbox=params.bbox(query))

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the rows that pass."""
        return rows.in_bbox(self.bbox) if self.bbox else rows

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters that say the same, in a fixed order, the box included."""
        if not self.bbox:
            return []
        return [("bbox", params.bbox_text(self.bbox))]

    def query_string(self) -> str:
        return urlencode(self.pairs())

    def without_bbox(self) -> Self:
        return replace(self, bbox=None)

    def within(self, bbox: GEOSGeometry) -> Self:
        return replace(self, bbox=bbox)
