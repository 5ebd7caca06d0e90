"""What a reader asks of a layer: parsed once from a query string, meant the same everywhere."""

from dataclasses import dataclass, replace
from typing import ClassVar, Protocol, Self
from urllib.parse import urlencode

from django.contrib.gis.geos import GEOSGeometry
from django.db.models import QuerySet
from django.http import QueryDict

from geo.core import params


class Narrowing(Protocol):
    """What the API asks beyond the parameters of the site's pages: CQL2, a distance.

    Two that are equal let the same rows pass; `pairs` are the parameters that say so.
    """

    def apply(self, rows: QuerySet) -> QuerySet: ...

    def pairs(self) -> list[tuple[str, str]]: ...


@dataclass(frozen=True)
class Filters:
    """Base of every layer's filters. `names` are the parameters that the class reads."""

    names: ClassVar[tuple[str, ...]] = ("bbox",)

    bbox: GEOSGeometry | None = None
    also: tuple[Narrowing, ...] = ()

    @classmethod
    def parse(cls, query: QueryDict, also: tuple[str, ...] = ()) -> Self:
        """Read the query; a name that neither the class nor `also` has raises UnknownParameter."""
        params.reject_unknown(query, (*cls.names, *also))
        return cls(bbox=params.bbox(query))

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the rows that pass."""
        rows = rows.in_bbox(self.bbox) if self.bbox else rows
        for each in self.also:
            rows = each.apply(rows)
        return rows

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters that say the same, in a fixed order, the box included."""
        box = [("bbox", params.bbox_text(self.bbox))] if self.bbox else []
        return box + [pair for each in self.also for pair in each.pairs()]

    def query_string(self) -> str:
        return urlencode(self.pairs())

    def without_bbox(self) -> Self:
        return replace(self, bbox=None)

    def narrowed(self, *also: Narrowing) -> Self:
        return replace(self, also=self.also + also)

    def within(self, bbox: GEOSGeometry) -> Self:
        return replace(self, bbox=bbox)
