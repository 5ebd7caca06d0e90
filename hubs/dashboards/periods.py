"""Spans of days in words, the span before each, and the steps that a chart over time goes by."""

import datetime
from calendar import monthrange
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from geo.counts.periods import ONE_DAY, first_of, month_end

HOUR, DAY, MONTH, YEAR = "hour", "day", "month", "year"
STEPS = (HOUR, DAY, MONTH, YEAR)
MOST_DAYS = 62  # columns of a chart by day


@dataclass(frozen=True)
class Period:
    """A span of days, both included; None: open."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    @property
    def end(self) -> datetime.date:
        """The last day that can hold anything."""
        today = timezone.localdate()
        return min(self.until or today, max(today, self.since or today))

    @property
    def days(self) -> int | None:
        return (self.end - self.since).days + 1 if self.since else None

    @property
    def whole(self) -> str:
        """Whether the span is a whole YEAR or MONTH, perhaps the one that is not over yet."""
        if self.since is None or self.since.day != 1:
            return ""
        ends = {month_end(self.since): MONTH}
        if self.since.month == 1:
            ends[datetime.date(self.since.year, 12, 31)] = YEAR
        today = timezone.localdate()
        if self.until is None:
            running = [kind for end, kind in ends.items() if self.since <= today <= end]
            return YEAR if YEAR in running else MONTH if running else ""
        return ends.get(self.until, "")

    def before(self) -> "Period | None":
        """The span before, as long: of a year or month that is not over, as much as has passed."""
        if self.since is None:
            return None
        if self.whole == YEAR:
            return Period(_year_before(self.since), _year_before(self.end))
        if self.whole == MONTH:
            last = self.since - ONE_DAY
            over = self.end >= month_end(self.since)
            day = last.day if over else min(self.end.day, last.day)
            return Period(last.replace(day=1), last.replace(day=day))
        return Period(self.since - (self.end - self.since) - ONE_DAY, self.since - ONE_DAY)

    def steps(self) -> tuple[str, ...]:
        """The steps that make sense of this span, the best first."""
        if self.days == 1:
            return (HOUR,)
        if self.days and self.days <= MOST_DAYS:
            return (DAY, MONTH)
        return (MONTH, YEAR)

    def __str__(self) -> str:
        if self.since is None:
            return _("Until {day}").format(day=_day(self.until)) if self.until else _("All time")
        if self.whole == YEAR:
            return str(self.since.year)
        if self.whole == MONTH:
            return date_format(self.since, "F Y")
        if self.since == self.until:
            return _day(self.since)
        if self.until is None:
            return _("Since {day}").format(day=_day(self.since))
        return _("{first} to {last}").format(first=_day(self.since), last=_day(self.until))


def year(number: int) -> Period:
    return Period(datetime.date(number, 1, 1), datetime.date(number, 12, 31))


def month(number: int) -> Period:
    """A month by its number, as 201403."""
    return Period(first_of(number), month_end(first_of(number)))


def _year_before(day: datetime.date) -> datetime.date:
    # 29 February has its end a year earlier on the 28th.
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
