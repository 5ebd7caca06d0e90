"""The query of a request for items: the layer's filters and the standard's own parameters."""

import datetime
import re
from dataclasses import dataclass
from typing import Self, cast
from urllib.parse import urlencode

from django.contrib.gis.geos import Point
from django.db.models import QuerySet
from django.http import QueryDict
from lark import Tree

from geo.core import params
from geo.core.errors import BadParameter
from geo.core.filters import Filters
from geo.core.functions import LONDON
from geo.core.located import LocatedQuerySet
from geo.ogcapi import cql2, crs
from geo.ogcapi.crs import Crs
from geo.ogcapi.features import property_names
from geo.ogcapi.layers import Layer

DEFAULT_LIMIT, MOST = 100, 10_000
# Read by every collection; `offset` is not among them: pages are found by `cursor`.
STANDARD = ("limit", "cursor", "datetime", "crs", "bbox-crs", "properties", "f")
FILTERING = ("filter", "filter-lang", "filter-crs")
LANGUAGE = "cql2-text"
FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)
MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d:\d\d(?:\.\d{1,20})?)(?:([Zz])|([+-]\d\d:\d\d)))?"
)
Days = tuple[datetime.date | None, datetime.date | None]


@dataclass(frozen=True)
class ItemsQuery:
    """`crs` is that of the answer; `properties` the names to write, None for all."""

    filters: Filters
    limit: int
    cursor: str
    crs: Crs = crs.CRS84
    properties: frozenset[str] | None = None

    @classmethod
    def parse(cls, layer: Layer, query: QueryDict) -> Self:
        """Read a request of items; anything that cannot be honoured raises BadParameter."""
        return cls(
            filters=_filters(layer, query),
            limit=params.limit(query, DEFAULT_LIMIT, MOST),
            cursor=query.get("cursor", ""),
            crs=crs.from_parameter(query, "crs"),
            properties=_properties(layer, query),
        )


def _filters(layer: Layer, query: QueryDict) -> Filters:
    """The layer's own filters, a box in whatever system, and what narrows them further."""
    box_crs, filter_crs = (
        crs.from_parameter(query, "bbox-crs"),
        crs.from_parameter(query, "filter-crs"),
    )
    if query.get("filter-lang", LANGUAGE) != LANGUAGE:
        raise BadParameter("filter-lang", f"only {LANGUAGE} is offered")
    plain = _with_days(layer, query).copy()
    box = plain.pop("bbox")[-1] if box_crs != crs.CRS84 and plain.get("bbox") else ""
    left = _extract_parameters(layer, plain)
    near = ("near",) if layer.on_points else ()
    found = layer.filters.parse(plain, also=(*STANDARD, *FILTERING, *near))
    if box:
        found = found.within(box_crs.box(box))
    if left is not None:
        found = found.narrowed(
            cql2.compile_condition(layer, str(query["filter"]), filter_crs, left)
        )
    if "near" in query:
        found = found.narrowed(Near.parse(str(query["near"])))
    return found


def _extract_parameters(layer: Layer, query: QueryDict) -> Tree | None:
    """Move into the query what the layer's parameters can express; return the filter's rest."""
    if not query.get("filter"):
        return None

    def takes(name: str, value: str) -> bool:
        if name in query or "," in value:
            return False
        try:
            read = layer.filters.parse(QueryDict(urlencode({name: value})))
        except BadParameter:
            return False  # no word of the parameter's: nothing is equal to it
        # A parameter may be laxer than equality, as codes in small letters are.
        return read.pairs() == [(name, value)]

    parameters, left = cql2.extract_parameters(
        cql2.parse(str(query["filter"])), layer.equality_filters, takes
    )
    query.update(parameters)
    return left


def _properties(layer: Layer, query: QueryDict) -> frozenset[str] | None:
    if "properties" not in query:
        return None
    known = property_names(layer)
    chosen = frozenset(word.strip() for word in str(query["properties"]).split(",")) - {""}
    if unknown := chosen - set(known):
        wrong = ", ".join(params.clean(word)[:40] for word in sorted(unknown)[:5])
        raise BadParameter("properties", f"{wrong} is none of: {', '.join(known)}")
    return chosen


def _with_days(layer: Layer, query: QueryDict) -> QueryDict:
    """Translate `datetime` into the layer's own filters of days.

    A feature's time is its whole day in London, so an instant selects the day that it falls on.
    A layer without time ignores the parameter, as the standard requires: its features match
    any time.
    """
    if "datetime" not in query:
        return query
    first, last = days(str(query["datetime"]))
    if layer.day_filters is None:
        return query
    query = query.copy()
    since, until = layer.day_filters
    own_first, own_last = params.day(query, since), params.day(query, until)
    if first and (own_first is None or own_first < first):
        query[since] = first.isoformat()
    if last and (own_last is None or own_last > last):
        query[until] = last.isoformat()
    return query


def days(value: str) -> Days:
    """Read an instant, a day or an interval (open ends `..` or empty) as the first and last day."""
    ends = value.split("/")
    if len(ends) > 2 or not any(ends):
        raise BadParameter("datetime", "give a date-time, or two with / between; .. for open")
    found = [_day(end) if end not in ("", "..") or len(ends) == 1 else None for end in ends]
    first, last = found[0], found[-1]
    if first and last and first > last:
        raise BadParameter("datetime", "the end is before the beginning")
    return first, last


def _day(value: str) -> datetime.date:
    """Return the day in London of an RFC 3339 moment or day, moved into 1900 to 2200."""
    parts = MOMENT.fullmatch(value) if value.isascii() else None
    if parts is None:
        raise BadParameter("datetime", "write a moment as 2014-03-03T09:00:00Z")
    day, time, zulu, offset = parts.groups()
    try:
        if time is None:
            found = datetime.date.fromisoformat(day)
        else:
            zone = "+00:00" if zulu else offset
            moment = datetime.datetime.fromisoformat(f"{day}T{time}{zone}")
            found = moment.astimezone(LONDON).date()
    except OverflowError:
        # The first or last hours of the calendar, in a zone where they lie beyond it.
        found = LAST if day.startswith("9999") else FIRST
    except ValueError:
        raise BadParameter("datetime", "there is no such day or time") from None
    return min(max(found, FIRST), LAST)


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
        return cast("LocatedQuerySet", rows).within(
            Point(self.longitude, self.latitude, srid=4326), self.metres
        )

    def pairs(self) -> list[tuple[str, str]]:
        return [("near", f"{self.latitude!r},{self.longitude!r},{self.metres!r}")]
