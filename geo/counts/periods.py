"""Spans of days as the periods that are counted: all time, years, months and days.

A period is a number: 0 for all time, 2014 for a year, 201403 for a month, 20140303 for a day.
"""

import datetime
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from geo.core.functions import LONDON

ALL_TIME = 0
FIRST = datetime.date(2000, 1, 1)  # nothing is older than the first Change Day
ONE_DAY = datetime.timedelta(days=1)
FINER = {"year": "month", "month": "day"}
Days = tuple[datetime.date, datetime.date]  # first and last, both included
Found = tuple[dict[int, int], list[Days]]


@dataclass(frozen=True)
class Span:
    """Whole periods (years, months or all time) and `loose` days that are no whole month."""

    periods: tuple[int, ...]
    loose: tuple[Days, ...]


def span(
    since: datetime.date | None,
    until: datetime.date | None,
    first: datetime.date,
    last: datetime.date,
) -> Span:
    """Cut since..until (None: open) for counts by month; `first` and `last` are the data's days."""
    if since is None and until is None:
        return Span((ALL_TIME,), ())
    start, end = max(since or first, first), min(until or last, last)
    # The data's own ends are as good as the ends of their months: there is nothing beyond.
    if start <= end:
        start = first.replace(day=1) if start == first else start
        end = month_end(last) if end == last else end
    periods, loose = _split(start, end, "year", "month")
    return Span(tuple(periods), tuple(loose))


def signed(since: datetime.date | None, until: datetime.date | None) -> dict[int, int]:
    """Return as few periods as add up to since..until (None: open), for counts that hold days.

    Each has 1, or -1 where it is to be taken away: 2 January to 31 December is a year less a day.
    """
    if since is None and until is None:
        return {ALL_TIME: 1}
    return _split(max(since or FIRST, FIRST), min(until or last_day(), last_day()), "year", "day")[
        0
    ]


def last_day() -> datetime.date:
    """Return a day after every row's."""
    return datetime.date(datetime.datetime.now(LONDON).year + 1, 12, 31)


def _split(start: datetime.date, end: datetime.date, unit: str, finest: str) -> Found:
    """Cut start..end into units and, where one is not whole, into finer ones, down to `finest`.

    Days, that are the finest, may be taken away from a longer period; of parts of a month, where it
    is the finest, the days are returned as loose ones.
    """
    periods: dict[int, int] = {}
    loose: list[Days] = []
    for number, begin, stop in _units(start, end, unit):
        first, last = max(start, begin), min(end, stop)
        if (first, last) == (begin, stop):
            periods[number] = 1
        elif unit == finest:
            loose.append((first, last))
        else:
            inside, days = _split(first, last, FINER[unit], finest)
            if finest == "day":
                before, _ = _split(begin, first - ONE_DAY, FINER[unit], finest)
                after, _ = _split(last + ONE_DAY, stop, FINER[unit], finest)
                rest = {period: -sign for period, sign in (before | after).items()}
                inside = inside if len(inside) <= len(rest) else {number: 1} | rest
            periods |= inside
            loose += days
    return periods, loose


def _units(
    start: datetime.date, end: datetime.date, unit: str
) -> Iterator[tuple[int, datetime.date, datetime.date]]:
    """Yield each year, month or day that has to do with start..end: number, first and last day."""
    day = start
    while day <= end:
        number, begin, stop = number_of(day), day, day
        if unit == "month":
            number, begin, stop = number // 100, day.replace(day=1), month_end(day)
        elif unit == "year":
            number, begin = day.year, day.replace(month=1, day=1)
            stop = day.replace(month=12, day=31)
        yield number, begin, stop
        day = stop + ONE_DAY


def number_of(day: datetime.date) -> int:
    """Return a day as a period: 20140303."""
    return day.year * 10_000 + day.month * 100 + day.day


def days(first: datetime.date, last: datetime.date) -> list[int]:
    """Return every day of a span as a period."""
    return [number for number, _, _ in _units(first, last, "day")]


def months(first: int, last: int) -> list[int]:
    """Return all months from one to another, both included, as 201403."""
    return [number for number, _, _ in _units(first_of(first), first_of(last), "month")]


def first_of(month: int) -> datetime.date:
    """Return the first day of a month that is given as 201403."""
    return datetime.date(month // 100, month % 100, 1)


def month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def moments(
    first: datetime.date | None, last: datetime.date | None
) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Return the beginning of the first day and the end of the last, in London; None: open."""
    start = datetime.datetime.combine(first, datetime.time(), LONDON) if first else None
    end = datetime.datetime.combine(last + ONE_DAY, datetime.time(), LONDON) if last else None
    return start, end
