"""How many different people have pledged: for all time and for this year, by area.

These numbers do not add up, for a person may pledge in two places, and they are about people who
are not public one by one: whoever shows them passes them through `geo.smallnumbers`.
"""

import datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from pledges.models import Authors, Pledge

# Scope -> what its keys are the numbers of; "" is the whole site.
SCOPES = {
    "": None,
    "nation": "region__parent",
    "region": "region",
    "district": "district",
    "organisation": "organisation",
}


@transaction.atomic
def count_authors() -> None:
    """Count the authors of public pledges afresh. It reads them all: work for the background."""
    now = timezone.now()
    year = timezone.localdate(now).year
    everyone = Pledge.objects.public().filter(author__isnull=False).order_by()
    this_year = everyone.filter(day__gte=datetime.date(year, 1, 1))
    fresh = []
    for scope, field in SCOPES.items():
        for at, rows in ((0, everyone), (year, this_year)):
            fresh += [
                Authors(scope=scope, key=key, year=at, n=n, counted_at=now)
                for key, n in _by(rows, field)
            ]
    Authors.objects.all().delete()
    Authors.objects.bulk_create(fresh, batch_size=1000)


def _by(rows: QuerySet, field: str | None) -> list[tuple[int, int]]:
    if field is None:
        return [(0, rows.aggregate(n=Count("author", distinct=True))["n"])]
    grouped = rows.filter(**{f"{field}__isnull": False}).values_list(field)
    return list(grouped.annotate(n=Count("author", distinct=True)))
