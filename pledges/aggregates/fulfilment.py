"""Promises kept: how many are done of those that are due, with what is not due yet apart.

A promise is due on the day that its author chose, else on the first Change Day after it was made.
One that is done before its day is kept all the same. So a period's pledges are kept, or due and not
kept, or not due yet; the three add up to them.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import Count
from django.utils import timezone

from geo.counts.periods import FIRST
from pledges.aggregates.sums import Place, Sums
from pledges.pledging.counted import DATED
from pledges.pledging.models import SPEC, ChangeDay


@dataclass(frozen=True)
class Kept:
    kept: int
    broken: int  # due and not done
    waiting: int  # not due yet

    @property
    def due(self) -> int:
        return self.kept + self.broken

    @property
    def share(self) -> float | None:
        """Kept of due, from 0 to 1; None where nothing is due."""
        return self.kept / self.due if self.due else None


def waiting(sums: Sums, today: datetime.date | None = None) -> Counter[Place]:
    """Return the pledges that are neither done nor due yet, by place. Three queries.

    Of those made since the last Change Day, all that have no day of their own; of those that have
    one, whenever they were made, the few whose day is to come.
    """
    today = today or timezone.localdate()
    if sums.filters.status == "done":
        return Counter()
    found = _without_day(sums, change_day_before(today))
    found.update(_day_to_come(sums, today))
    return +found


def change_day_before(today: datetime.date) -> datetime.date:
    """Return the last Change Day up to today: what was made on it or later is not due by it."""
    last = ChangeDay.objects.filter(date__lte=today).order_by("-date").first()
    return last.date if last else FIRST


def _without_day(sums: Sums, since: datetime.date) -> Counter[Place]:
    """Open pledges made on the day or later that have no day of their own, by place."""
    filters = sums.filters
    if filters.until and filters.until < since:
        return Counter()
    narrowed = replace(filters, status="open", since=max(filters.since or since, since))
    places = replace(sums, filters=narrowed).by_place((SPEC.layer, DATED.layer))
    return Counter(
        {place: counts[SPEC.layer, 0] - counts[DATED.layer, 0] for place, counts in places.items()}
    )


def _day_to_come(sums: Sums, today: datetime.date) -> Counter[Place]:
    """Open pledges whose authors chose a day after today, by place."""
    rows = sums.pledges().filter(done_at__isnull=True, due__gt=today)
    grouped = rows.values("region", "district").annotate(total=Count("*"))
    found = grouped.values_list("region", "district", "total")
    return Counter({(region or 0, district or 0): n for region, district, n in found})
