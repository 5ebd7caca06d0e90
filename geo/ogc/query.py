"""What a request for items asks: the layer's filters and the standard's own parameters."""

import datetime
import re
from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from django.http import QueryDict

from geo import params
from geo.errors import BadParameter
from geo.filters import Filters
from geo.layers import Layer

DEFAULT_LIMIT, MOST = 100, 10_000
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
# Read by every collection; `offset` is not among them: pages are found by `cursor`.
STANDARD = ("limit", "cursor", "datetime", "crs", "bbox-crs", "f")
LONDON = ZoneInfo("Europe/London")
FIRST, LAST = datetime.date(1900, 1, 1), datetime.date(2200, 12, 31)
MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt](\d\d:\d\d:\d\d(?:\.\d{1,20})?)(?:([Zz])|([+-]\d\d:\d\d)))?"
)
Days = tuple[datetime.date | None, datetime.date | None]


@dataclass(frozen=True)
class ItemsQuery:
    filters: Filters
    limit: int
    cursor: str

    @classmethod
    def parse(cls, layer: Layer, query: QueryDict) -> Self:
        """Read a request of items; anything that cannot be honoured raises BadParameter."""
        only_crs84(query)
        return cls(
            filters=layer.filters.parse(_with_days(layer, query), also=STANDARD),
            limit=params.limit(query, DEFAULT_LIMIT, MOST),
            cursor=query.get("cursor", ""),
        )


def only_crs84(query: QueryDict) -> None:
    """Refuse coordinates of another reference system than longitude and latitude in degrees."""
    for name in ("crs", "bbox-crs"):
        if query.get(name, CRS84) != CRS84:
            raise BadParameter(name, f"only {CRS84} is offered")


def _with_days(layer: Layer, query: QueryDict) -> QueryDict:
    """Put `datetime` in the words of the layer's own filters of days.

    A feature's time is its whole day in London, so an instant selects the day that it falls on.
    A layer without time ignores the parameter, as the standard asks: its features match any time.
    """
    if "datetime" not in query:
        return query
    first, last = days(query["datetime"])
    if layer.days is None:
        return query
    query = query.copy()
    since, until = layer.days
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
