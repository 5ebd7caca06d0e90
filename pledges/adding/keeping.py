"""Promises kept: how many are done of those that are due, with what is not due yet apart.

A promise is due on the day that its author chose, else on the first Change Day after it was made.
One that is done before its day is kept all the same. So a period's pledges are kept, or due and not
kept, or not due yet; the three add up to them.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import Count, Q
from django.utils import timezone

from pledges.adding.sums import FIRST, Place, Sums
from pledges.models import ChangeDay, Pledge
from pledges.models.pledges import SPEC


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

    Those without a day of their own are all that were made since the last Change Day, less those
    made since then that have one: few enough, and an index holds them.
    """
    today = today or timezone.localdate()
    last = ChangeDay.objects.filter(date__lte=today).order_by("-date").first()
    since = last.date if last else FIRST
    found: Counter[Place] = Counter()
    for place, n in _open_since(sums, since).items():
        found[place] += n
    for place, not_due, made_since in _with_day(sums, since, today):
        found[place] += not_due - made_since
    return +found


def _open_since(sums: Sums, since: datetime.date) -> Counter[Place]:
    """Pledges made on the day or later that are not done, by place."""
    filters = sums.filters
    if filters.status == "done" or (filters.until and filters.until < since):
        return Counter()
    narrowed = replace(filters, status="open", since=max(filters.since or since, since))
    places = Sums(sums.scope, narrowed).by_place((SPEC.layer,))
    return Counter({place: sum(counts.values()) for place, counts in places.items()})


def _with_day(
    sums: Sums, since: datetime.date, today: datetime.date
) -> list[tuple[Place, int, int]]:
    """(place, not due yet, made since) of the open pledges whose authors chose a day."""
    filters, scope = sums.filters, sums.scope
    if filters.status == "done":
        return []
    rows = Pledge.objects.public().filter(
        scope.rows(), done_at__isnull=True, due__isnull=False, due__gte=min(since, today)
    )
    if sums.codes is not None:
        rows = rows.filter(facet__in=sums.codes)
    if filters.since:
        rows = rows.filter(day__gte=filters.since)
    if filters.until:
        rows = rows.filter(day__lte=filters.until)
    places = ("organisation",) if scope.organisation else ("region", "district")
    grouped = (
        rows.order_by()
        .values(*places)
        .annotate(
            not_due=Count("due", filter=Q(due__gt=today)),
            made_since=Count("due", filter=Q(day__gte=since)),
        )
    )
    return [
        (
            tuple(one[name] or 0 for name in places) if len(places) > 1 else (0, one[places[0]]),
            one["not_due"],
            one["made_since"],
        )
        for one in grouped
    ]
