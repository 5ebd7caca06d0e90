"""How many pledges there are: totals that add up, whatever is asked."""

from collections import Counter
from functools import lru_cache

from django.db.models import Count, Max, Min, Sum

from geo.models import Owner, Tally
from geo.reads import once
from geo.totals import fold
from geo.totals.periods import span
from pledges import common, words
from pledges.boxes import count_in_box
from pledges.filters import I_AM, STATUS, WHO, PledgeFilters
from pledges.models import Pledge, Theme
from pledges.models.pledges import SPEC
from pledges.words import MOST_MATCHES, matches

Grouped = Counter[tuple[int, int]]  # (facet code, where shown) -> pledges
Words = dict[str, dict[int, str]]  # facet -> value -> its word
Facets = dict[str, dict[str, int]]  # facet -> word -> pledges


def version() -> int:
    """Return the number of folds so far: counts change only when it does. A page asks once."""
    return once(fold.version, SPEC)


def count(filters: PledgeFilters) -> int | None:
    """Return how many public pledges pass; None: more than 50,000 match words, box or rest."""
    if filters.bbox or filters.also:
        return _in_box(filters, version())
    if filters.q:
        return _matching(filters)
    if filters.pairs() == [
        ("organisation", filters.organisation and filters.organisation.public_code)
    ]:
        owner = Owner.objects.filter(layer=SPEC.layer, owner=filters.organisation.pk)
        return owner.values_list("n", flat=True).first() or 0
    if filters.beyond_counts:
        return filters.apply(Pledge.objects.public()).order_by().count()
    codes = SPEC.codes(filters.facets)
    wanted = None if codes is None else frozenset(codes)
    grouped = _grouped(filters.without_facets())
    return sum(n for (facet, _), n in grouped.items() if wanted is None or facet in wanted)


def too_many(filters: PledgeFilters) -> bool:
    """Whether the words match more pledges than are counted; the same for map, list and API."""
    return bool(filters.q) and words.too_many(filters, version())


def _matching(filters: PledgeFilters) -> int | None:
    if too_many(filters):
        return None
    if kept := common.numbers(filters, version()):
        return kept.total
    found = matches(filters, version())
    return None if found is None else len(found)


@lru_cache(maxsize=512)
def _in_box(filters: PledgeFilters, version: int) -> int | None:
    counted = count_in_box(filters)
    if counted is not None:
        return counted
    found = filters.apply(Pledge.objects.public()).order_by().values("pk")
    number = found[: MOST_MATCHES + 1].count()
    return number if number <= MOST_MATCHES else None


def _grouped(filters: PledgeFilters) -> Grouped:
    """Count by facet code and by where shown, under the filters that are not facets."""
    if filters.q:
        found = matches(filters, version())
        return Counter(found.grouped() if found else {})
    if filters.beyond_counts:
        return _grouped_rows(filters)
    days = {"first": None, "last": None}
    if filters.since or filters.until:
        days = Pledge.objects.public().aggregate(first=Min("day"), last=Max("day"))
        if days["first"] is None:
            return Counter()
    cut = span(filters.since, filters.until, days["first"], days["last"])
    regions = [0] if filters.regions is None else filters.regions
    tallies = Tally.objects.filter(layer=SPEC.layer, region__in=regions, period__in=cut.periods)
    totals = tallies.values("facet", "shown").annotate(total=Sum("n"))
    grouped: Grouped = Counter(
        {(facet, shown): n for facet, shown, n in totals.values_list("facet", "shown", "total")}
    )
    for first, last in cut.loose:
        grouped.update(_grouped_rows(filters.between(first, last)))
    return grouped


def _grouped_rows(filters: PledgeFilters) -> Grouped:
    rows = filters.apply(Pledge.objects.public()).order_by().values("facet", "show")
    totals = rows.annotate(total=Count("*")).values_list("facet", "show", "total")
    return Counter({(facet, shown): n for facet, shown, n in totals})


def summary(filters: PledgeFilters) -> dict:
    """Return the numbers that the map shows beside it, the whole country whatever is in view.

    {"total", "more_than"?, "on_map", "not_on_map": {"region", "none"}, "facets": {facet: {word:
    pledges}}, "version"}. A facet's numbers are what choosing that value would give, the other
    facets staying as they are. total = on_map + region + none, always.
    """
    filters = filters.without_bbox()
    at = version()
    if too_many(filters):
        return {"total": None, "more_than": MOST_MATCHES, "version": at}
    named = _words()
    kept = common.numbers(filters, at) if filters.q else None
    if kept and kept.tells(named):
        shown = kept.shown
        facets = {
            name: {word: kept.facets[name][value] for value, word in values.items()}
            for name, values in named.items()
        }
    else:
        shown, facets = _shared_out(filters, named)
    on_map = shown[Pledge.Show.ORGANISATION] + shown[Pledge.Show.OUTCODE]
    away = {"region": shown[Pledge.Show.REGION], "none": shown[Pledge.Show.NONE]}
    facets["status"] = facets.pop("done")
    total = on_map + sum(away.values())
    return {"total": total, "on_map": on_map, "not_on_map": away, "facets": facets, "version": at}


def _shared_out(filters: PledgeFilters, wanted: Words) -> tuple[Counter[int], Facets]:
    """Return the pledges by where shown, and by the values of each facet under the others."""
    grouped = _grouped(filters.without_facets())
    split = {facet: SPEC.values(facet) for facet, _ in grouped}
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


def _words() -> Words:
    """The word of each value of each facet, as the filters take it."""
    return {
        "theme": dict(Theme.objects.values_list("number", "slug")),
        "who": {int(value): word for word, value in WHO.items()},
        "i_am": {int(value): word for word, value in I_AM.items()},
        "done": {value: word for word, value in STATUS.items()},
    }
