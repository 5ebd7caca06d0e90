"""Pledges over time: by hour, day, month or year, perhaps split by a facet."""

from collections import Counter

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from geo.counts.periods import ONE_DAY, number_of
from hubs.dashboards import periods
from hubs.dashboards.asked import Asked
from hubs.dashboards.figures import group_values
from hubs.dashboards.periods import Period
from hubs.dashboards.tables import Column, Row, Table
from pledges.aggregates.sums import Sums
from pledges.pledging.models import SPEC

Series = Counter[tuple[int, int]]  # (hour, day, month or year; value of the facet) -> pledges


def over_time(asked: Asked, sums: Sums) -> Table:
    """Every step of the period from the first that has a pledge, with its number."""
    step = asked.chosen_step
    found = _series(asked.period, sums, step, asked.group)
    at = sorted({when for when, _value in found})
    steps = _steps(asked.period, step, at)
    if asked.group:
        values = group_values(asked.group)
        columns = [Column(key, name) for key, name, _code, _colour in values]
        codes = [code for _key, _name, code, _colour in values]
    else:
        columns, codes = [], []
    columns.append(Column("pledges", _("Pledges")))
    totals: Counter[int] = Counter()
    for (when, _value), n in found.items():
        totals[when] += n
    rows = [
        Row(key, title, (*(found[when, code] for code in codes), totals[when]))
        for when, key, title in (_named(when, step) for when in steps)
    ]
    titles = {
        periods.HOUR: (_("By hour"), _("Hour")),
        periods.DAY: (_("By day"), _("Day")),
        periods.MONTH: (_("By month"), _("Month")),
        periods.YEAR: (_("By year"), _("Year")),
    }
    title, heading = titles[step]
    return Table("time", title, heading, columns, rows)


def _series(period: Period, sums: Sums, step: str, group: str) -> Series:
    facet = group or SPEC.mark
    if step == periods.HOUR:
        return sums.by_hour(period.since, group)
    if step == periods.DAY:
        return sums.by_day(facet)
    start = period.since or sums.first_day()
    first = start.year * 100 + start.month
    last = period.end.year * 100 + period.end.month
    loose = {number_of(start) // 100 for start, _end in sums.cut.loose}
    months = [month for month in periods.months_between(first, last) if month not in loose]
    found = sums.by_period(facet, months)
    if loose:
        for (day, value), n in sums.by_loose_day(facet).items():
            found[day // 100, value] += n
    if step == periods.MONTH:
        return found
    years: Series = Counter()
    for (month, value), n in found.items():
        years[month // 100, value] += n
    return years


def _steps(period: Period, step: str, at: list[int]) -> list[int]:
    """Return all steps to show: those without a pledge too, but not before the first."""
    if step == periods.HOUR:
        return list(range(24))
    if step == periods.DAY:
        days = range((period.end - period.since).days + 1)
        return [number_of(period.since + day * ONE_DAY) for day in days]
    last = period.end.year * 100 + period.end.month
    if step == periods.YEAR:
        first = period.since.year if period.since else at[0] if at else last // 100
        return list(range(first, last // 100 + 1))
    first = number_of(period.since) // 100 if period.since else at[0] if at else last
    return periods.months_between(first, last)


def _named(when: int, step: str) -> tuple[int, str, str]:
    """Return a step with its key for files and its name for people."""
    if step == periods.HOUR:
        return when, f"{when:02}:00", f"{when:02}:00"
    if step == periods.YEAR:
        return when, str(when), str(when)
    if step == periods.MONTH:
        first = periods.month(when).since
        return when, f"{first:%Y-%m}", date_format(first, "M Y")
    day = periods.month(when // 100).since.replace(day=when % 100)
    return when, day.isoformat(), date_format(day, "D j M Y")
