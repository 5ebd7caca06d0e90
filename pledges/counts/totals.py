"""How many pledges there are: totals that add up, whatever is asked."""

from collections import Counter
from functools import lru_cache

from geo.core.timeouts import once
from geo.counts import fold, planner
from geo.counts.planner import Grouped, Names
from pledges import word_bitmaps
from pledges.feed import search
from pledges.feed.search import MOST_MATCHES, matches
from pledges.filters import I_AM, STATUS, WHO, PledgeFilters
from pledges.map.boxes import count_in_box
from pledges.pledging.models import SPEC, Pledge, Theme

Show = Pledge.Show


def version() -> int:
    """Return the number of folds so far: counts change only when it does. A page asks once."""
    return once(fold.version, SPEC)


def count(filters: PledgeFilters) -> int | None:
    """Return how many public pledges pass; None: more than 50,000 match words, box or rest."""
    if filters.bbox or filters.also:
        return _in_box(filters, version())
    if filters.q:
        return _matching(filters)
    if filters.organisation_alone:
        owner = filters.organisation.pk
        return planner.of_owners(SPEC, [owner])[owner]
    if filters.beyond_counts:
        return filters.apply(Pledge.objects.public()).order_by().count()
    return planner.count(SPEC, filters.area, filters.since, filters.until, filters.facets)


def too_many(filters: PledgeFilters) -> bool:
    """Whether the words match more pledges than are counted; the same for map, list and API."""
    return bool(filters.q) and search.too_many(filters, version())


def _matching(filters: PledgeFilters) -> int | None:
    if too_many(filters):
        return None
    if numbers := word_bitmaps.numbers(filters, version()):
        return numbers.total
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
        return planner.grouped_rows(filters.apply(Pledge.objects.public()))
    return planner.grouped(SPEC, filters.area, filters.since, filters.until)


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
    named = _names()
    numbers = word_bitmaps.numbers(filters, at) if filters.q else None
    if numbers and numbers.tells(named):
        shown = numbers.shown
        facets = {
            name: {word: numbers.facets[name][value] for value, word in values.items()}
            for name, values in named.items()
        }
    else:
        found = _grouped(filters.without_facets())
        shown, facets = planner.by_facet(SPEC, found, filters.facets, named)
    facets["status"] = facets.pop("done")
    return summary_of(shown, facets, at)


def summary_of(shown: Counter[int], facets: dict[str, dict[str, int]], version: int) -> dict:
    """Return what a map or a list shows: total = on_map + region + none, always."""
    on_map = shown[Show.ORGANISATION] + shown[Show.OUTCODE]
    away = {"region": shown[Show.REGION], "none": shown[Show.NONE]}
    return {
        "total": on_map + sum(away.values()),
        "on_map": on_map,
        "not_on_map": away,
        "facets": facets,
        "version": version,
    }


def _names() -> Names:
    """The name of each value of each facet, as the filters take it."""
    return {
        "theme": dict(Theme.objects.values_list("number", "slug")),
        "who": {int(value): word for word, value in WHO.items()},
        "i_am": {int(value): word for word, value in I_AM.items()},
        "done": {value: word for word, value in STATUS.items()},
    }
