"""Numbers from the ledger: any days, area and facets, in a few short ranges of its key.

How many rows of a layer pass (`count`), and how many there are by facet code and by where they are
shown (`grouped`), from which `by_facet` makes the numbers beside a list or a map.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Count, QuerySet, Sum

from geo.areas.models import Area
from geo.counts import ledger, periods
from geo.counts.models import Ledger
from geo.counts.spec import Spec

Grouped = Counter[tuple[int, int]]  # (facet code, where shown) -> rows
Chosen = Mapping[str, frozenset[int]]  # facet -> the values that pass
Names = Mapping[str, Mapping[int, str]]  # facet -> value -> its name


def count(
    spec: Spec,
    area: Area | None,
    since: datetime.date | None,
    until: datetime.date | None,
    chosen: Chosen,
) -> int:
    """Return how many rows of a region, a nation or everything pass; days are both included."""
    codes = spec.codes(chosen)
    entries, signed = _entries(spec, area, since, until, by_facet=codes is not None)
    if codes is not None:
        entries = entries.filter(ledger.unindexed(facet__in=codes))
    return entries.aggregate(total=Sum(signed))["total"] or 0


def of_owners(spec: Spec, owners: Iterable[int]) -> Counter[int]:
    """Return how many rows belong to each of these owners."""
    entries = ledger.of_owners(spec.layer).filter(place__in=owners)
    totals = entries.values("place").annotate(total=Sum("n"))
    return Counter(dict(totals.values_list("place", "total")))


def grouped(
    spec: Spec,
    area: Area | None,
    since: datetime.date | None,
    until: datetime.date | None,
) -> Grouped:
    """Return the rows of a region, a nation or everything by facet code and by where shown."""
    entries, signed = _entries(spec, area, since, until, by_facet=True)
    totals = entries.values("facet", "shown").annotate(total=Sum(signed))
    return Counter({(f, where): n for f, where, n in totals.values_list("facet", "shown", "total")})


def grouped_rows(rows: QuerySet) -> Grouped:
    """Return rows by facet code and by where shown, counted one by one."""
    totals = rows.order_by().values("facet", "show").annotate(total=Count("*"))
    return Counter({(f, where): n for f, where, n in totals.values_list("facet", "show", "total")})


def by_facet(
    spec: Spec, grouped: Grouped, chosen: Chosen, names: Names
) -> tuple[Counter[int], dict[str, dict[str, int]]]:
    """Return the rows that pass by where shown, and by the values of each facet under the others.

    {facet: {name: rows}}: what choosing that value would give, the other facets staying.
    """
    values = {code: spec.values(code) for code, _ in grouped}
    facets = {facet: dict.fromkeys(named.values(), 0) for facet, named in names.items()}
    shown: Counter[int] = Counter()
    for (code, where), n in grouped.items():
        outside = {facet for facet, wanted in chosen.items() if values[code][facet] not in wanted}
        if not outside:
            shown[where] += n
        for facet, named in names.items():
            if values[code][facet] in named and not outside - {facet}:
                facets[facet][named[values[code][facet]]] += n
    return shown, facets


def _entries(
    spec: Spec,
    area: Area | None,
    since: datetime.date | None,
    until: datetime.date | None,
    *,
    by_facet: bool,
) -> tuple[QuerySet[Ledger], object]:
    """Return the entries of a span of days, and their number with the sign of the period."""
    found = periods.signed(since, until)
    where = ledger.of_area(area, by_facet=by_facet)
    entries = Ledger.objects.filter(where, layer=spec.layer, period__in=list(found))
    return entries.order_by(), ledger.signed(found)
