"""Where the pledges of one organisation are: by region and district, and what is not due yet.

The ledger knows places and owners, not both at once: that would be as long as the pledges. So this
is read from the rows, from an index of the organisation's own that holds all that is asked.
"""

import datetime
from collections import Counter, defaultdict

from django.db.models import BooleanField, Case, Count, Q, Value, When
from django.utils import timezone

from pledges.aggregates.fulfilment import change_day_before
from pledges.aggregates.sums import Place, Sums, digit
from pledges.pledging.models import SPEC, Pledge

Counts = dict[Place, Counter[tuple[int, int]]]  # (layer, flag) -> number, as `Sums.by_place` has it


def whereabouts(sums: Sums, today: datetime.date | None = None) -> tuple[Counts, Counter[Place]]:
    """Return the organisation's pledges by place, and those not done and not due yet. Two queries.

    A place is the keys of a region and a district: (region, 0) is elsewhere in the region, (0, 0)
    is no place at all. The places add up to `sums.by_facet()`.
    """
    today = today or timezone.localdate()
    later = Q(due__gt=today) | Q(due__isnull=True, day__gte=change_day_before(today))
    pledges = sums.filters.apply(Pledge.objects.public().filter(sums.inside()))
    grouped = (
        pledges.order_by()
        .annotate(
            flag=digit(SPEC.flag),
            later=Case(When(later, then=True), default=Value(False), output_field=BooleanField()),
        )
        .values("region", "district", "flag", "later")
        .annotate(total=Count("*"))
    )
    counts: Counts = defaultdict(Counter)
    waiting: Counter[Place] = Counter()
    for row in grouped:
        place = (row["region"] or 0, row["district"] or 0)
        counts[place][SPEC.layer, row["flag"]] += row["total"]
        if row["later"] and not row["flag"]:
            waiting[place] += row["total"]
    return counts, waiting
