"""The counter of the next Change Day."""

import datetime
from dataclasses import dataclass

from pledges.counts.totals import count
from pledges.filters import PledgeFilters
from pledges.pledging.models import ChangeDay


@dataclass(frozen=True)
class Countdown:
    """The next Change Day, and the pledges made towards it: all since the one before."""

    day: ChangeDay
    pledges: int

    @property
    def percent(self) -> int:
        """Share of the goal in whole per cent, from 0 to 100; 0 without a goal."""
        return min(100, self.pledges * 100 // self.day.goal) if self.day.goal else 0

    @classmethod
    def now(cls) -> "Countdown | None":
        """Return the counter, or None where no Change Day is to come."""
        day = ChangeDay.objects.next()
        if day is None:
            return None
        before = ChangeDay.objects.filter(date__lt=day.date).order_by("-date").first()
        since = before.date + datetime.timedelta(days=1) if before else None
        return cls(day, count(PledgeFilters(since=since)) or 0)
