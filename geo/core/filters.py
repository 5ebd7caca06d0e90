"""The filters of a layer: parsed once from a query string, applied the same way everywhere."""

from dataclasses import dataclass, replace
from typing import ClassVar, Protocol, Self, cast
from urllib.parse import urlencode

from django.contrib.gis.geos import GEOSGeometry
from django.db.models import QuerySet
from django.http import QueryDict

from geo.core import params


class Narrowing(Protocol):
    """A filter of the API alone, beyond the parameters of the site's pages: CQL2, a distance.

    Equal ones pass the same rows; `pairs` returns the parameters that express it.
    """

    def apply(self, rows: QuerySet) -> QuerySet: ...

    def pairs(self) -> list[tuple[str, str]]: ...


class InBox(Protocol):
    """The QuerySet of a model with a geometry."""

    def in_bbox(self, bbox: GEOSGeometry) -> QuerySet: ...


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
        if self.bbox:
            rows = cast("InBox", rows).in_bbox(self.bbox)
        for each in self.also:
            rows = each.apply(rows)
        return rows

    def pairs(self) -> list[tuple[str, str]]:
        """Return the equivalent parameters in a fixed order, the box included."""
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
