"""Numbers of what people wrote, by facet and by where it is shown, that add up at any filter."""

import datetime
from collections import Counter
from collections.abc import Callable

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from geo.counts.index_scan import tried
from geo.counts.ledger import of_area
from geo.counts.models import Ledger, Tally
from geo.counts.periods import least, shortest, span
from pledges.filters import CountedFilters
from pledges.pledging.models import Pledge

FIRST = datetime.date(2000, 1, 1)  # nothing is older than the first Change Day
Show = Pledge.Show
Grouped = Counter[tuple[int, int]]  # (facet code, where shown) -> rows
Words = dict[str, dict[int, str]]  # facet -> value -> its word
Facets = dict[str, dict[str, int]]  # facet -> word -> rows


def of_rows(rows: QuerySet) -> Grouped:
    totals = rows.order_by().values("facet", "show").annotate(total=Count("*"))
    return Counter({(f, shown): n for f, shown, n in totals.values_list("facet", "show", "total")})


def kept(
    filters: CountedFilters,
    first: datetime.date | None,
    last: datetime.date | None,
    loose: Callable[[CountedFilters], Grouped],
) -> Grouped:
    """Add up the tallies of whole periods, and what `loose` counts of the days at the ends.

    `first` and `last` are the days of the first and the last row, where the filters name days.
    """
    cut, taken = least(span(filters.since, filters.until, first, last), timezone.localdate())
    regions = [0] if filters.regions is None else filters.regions
    tallies = Tally.objects.filter(
        layer=filters.spec.layer, region__in=regions, period__in=cut.periods
    )
    totals = tallies.values("facet", "shown").annotate(total=Sum("n"))
    grouped: Grouped = Counter(
        {(facet, shown): n for facet, shown, n in totals.values_list("facet", "shown", "total")}
    )
    for begin, end in cut.loose:
        grouped.update(loose(filters.between(begin, end)))
    for begin, end in taken:
        grouped.subtract(loose(filters.between(begin, end)))
    return grouped


def counted(filters: CountedFilters) -> int:
    """Count the rows of the days, facets and area that are asked for, from the books alone."""
    periods = shortest(filters.since, filters.until, FIRST, last_day())
    codes = filters.spec.codes(filters.facets)
    where = of_area(filters.area, by_facet=codes is not None)
    entries = Ledger.objects.filter(where, layer=filters.spec.layer, period__in=list(periods))
    if codes is not None:
        entries = entries.filter(tried(facet__in=codes))
    totals = entries.order_by().values("period").annotate(total=Sum("n"))
    return sum(periods[period] * n for period, n in totals.values_list("period", "total"))


def last_day() -> datetime.date:
    """Return a day after every row's."""
    return datetime.date(timezone.localdate().year + 1, 12, 31)


def shared_out(
    grouped: Grouped, filters: CountedFilters, wanted: Words
) -> tuple[Counter[int], Facets]:
    """Return the rows by where shown, and by the values of each facet under the others."""
    split = {facet: filters.spec.values(facet) for facet, _ in grouped}
    facets = {name: dict.fromkeys(named.values(), 0) for name, named in wanted.items()}
    shown: Counter[int] = Counter()
    for (facet, where), n in grouped.items():
        values = split[facet]
        outside = [name for name, chosen in filters.facets.items() if values[name] not in chosen]
        if not outside:
            shown[where] += n
        for name, named in wanted.items():
            if values[name] in named and not set(outside) - {name}:
                facets[name][named[values[name]]] += n
    return shown, facets


def told(shown: Counter[int], facets: Facets, version: int) -> dict:
    """Return what a map or a list says: total = on_map + region + none, always."""
    on_map = shown[Show.ORGANISATION] + shown[Show.OUTCODE]
    away = {"region": shown[Show.REGION], "none": shown[Show.NONE]}
    total = on_map + sum(away.values())
    return {
        "total": total,
        "on_map": on_map,
        "not_on_map": away,
        "facets": facets,
        "version": version,
    }
