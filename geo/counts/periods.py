"""A span of days as the periods that are counted: years, months, and the days left over."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

ALL_TIME = 0
ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Whole periods (0 for all time, 2014 for a year, 201403 for a month) and loose days.

    `loose` holds (first, last) spans of days, both included, that are not a whole month.
    """

    periods: tuple[int, ...]
    loose: tuple[tuple[datetime.date, datetime.date], ...]


def span(
    since: datetime.date | None,
    until: datetime.date | None,
    first: datetime.date,
    last: datetime.date,
) -> Span:
    """Cut since..until (None: open) into periods; `first` and `last` are the data's own days."""
    if since is None and until is None:
        return Span((ALL_TIME,), ())
    start, end = max(since or first, first), min(until or last, last)
    if start > end:
        return Span((), ())
    # The data's own ends are as good as the ends of their months: there is nothing beyond.
    if end == last:
        end = _month_end(last)
    if start == first:
        start = first.replace(day=1)
    loose = []
    if start.day != 1:
        stop = min(_month_end(start), end)
        loose.append((start, stop))
        start = stop + ONE_DAY
    if start <= end and end != _month_end(end):
        loose.append((end.replace(day=1), end))
        end = end.replace(day=1) - ONE_DAY
    return Span(tuple(_whole(start, end)) if start <= end else (), tuple(loose))


def least(
    cut: Span, today: datetime.date
) -> tuple[Span, tuple[tuple[datetime.date, datetime.date], ...]]:
    """Return the span with few loose days, and loose days to take away from it.

    Most days of a month are the month less the others. A month that is not over is left as it is:
    rows of its last days may not be in its count yet.
    """
    periods, added, taken = list(cut.periods), [], []
    for first, last in cut.loose:
        begin, end = first.replace(day=1), _month_end(last)
        others = [(begin, first - ONE_DAY), (last + ONE_DAY, end)]
        if end >= today or (last - first).days < (end - begin).days // 2:
            added.append((first, last))
        else:
            periods.append(number_of(begin) // 100)
            taken += [(one, other) for one, other in others if one <= other]
    return Span(tuple(periods), tuple(added)), tuple(taken)


def shortest(
    since: datetime.date | None,
    until: datetime.date | None,
    first: datetime.date,
    last: datetime.date,
) -> dict[int, int]:
    """Return as few periods as add up to since..until, for books that hold days (20140303) too.

    Each has 1, or -1 where it is to be taken away: 2 January to 31 December is a year less a day.
    """
    if since is None and until is None:
        return {ALL_TIME: 1}
    return _fewest(max(since or first, first), min(until or last, last), "year")


def _fewest(start: datetime.date, end: datetime.date, unit: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for number, begin, stop in _units(start, end, unit):
        if start <= begin and stop <= end:
            found[number] = 1
            continue
        smaller = "month" if unit == "year" else "day"
        parts = _fewest(max(start, begin), min(end, stop), smaller)
        before = _fewest(begin, start - ONE_DAY, smaller)
        after = _fewest(end + ONE_DAY, stop, smaller)
        rest = {period: -sign for period, sign in (before | after).items()}
        found |= parts if len(parts) <= len(rest) else {number: 1} | rest
    return found


def _units(
    start: datetime.date, end: datetime.date, unit: str
) -> Iterator[tuple[int, datetime.date, datetime.date]]:
    """Yield each year, month or day that has to do with start..end: number, first and last day."""
    day = start
    while day <= end:
        number, begin, stop = number_of(day), day, day
        if unit == "month":
            number, begin, stop = number // 100, day.replace(day=1), _month_end(day)
        elif unit == "year":
            number, begin = day.year, day.replace(month=1, day=1)
            stop = day.replace(month=12, day=31)
        yield number, begin, stop
        day = stop + ONE_DAY


def number_of(day: datetime.date) -> int:
    """Return a day as the books write it: 20140303."""
    return day.year * 10_000 + day.month * 100 + day.day


def _whole(start: datetime.date, end: datetime.date) -> list[int]:
    """Return the years and months that make up the days from a month's first to a month's last."""
    found = []
    year, month = start.year, start.month
    while (year, month) <= (end.year, end.month):
        if month == 1 and year < end.year + (end.month == 12):
            found.append(year)
            year += 1
        else:
            found.append(year * 100 + month)
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _month_end(day: datetime.date) -> datetime.date:
    following = (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
    return following - ONE_DAY
