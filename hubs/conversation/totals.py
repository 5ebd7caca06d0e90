"""How many posts and replies there are: totals that add up, whatever is asked."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from geo.areas.models import Area
from geo.core.timeouts import once
from geo.counts import fold, planner
from geo.counts.models import Ledger
from geo.counts.periods import ALL_TIME
from geo.counts.planner import Grouped
from hubs.conversation.filters import ANSWERED, KIND, PostFilters
from hubs.conversation.models.counted import REPLIES
from hubs.conversation.models.posts import SPEC, Post
from hubs.conversation.models.themes import Theme
from pledges.counts.totals import summary_of
from pledges.feed import search
from pledges.feed.search import MOST_MATCHES

Dimension = Ledger.Dimension


def version() -> int:
    """Return the number of folds so far: counts of posts change only when it does."""
    return once(fold.version, SPEC)


def count(filters: PostFilters) -> int | None:
    """Return how many public posts pass; None: more than 50,000 match words, box or rest."""
    if too_many(filters):
        return None
    if filters.bbox or filters.also:
        return _matching(filters, version())
    if filters.q:
        found = search.matches(filters, version())
        return None if found is None else len(found)
    if filters.organisation_alone:
        owner = filters.organisation.pk
        return planner.of_owners(SPEC, [owner])[owner]
    if filters.beyond_counts:
        return filters.apply(Post.objects.public()).order_by().count()
    return planner.count(SPEC, filters.area, filters.since, filters.until, filters.facets)


def too_many(filters: PostFilters) -> bool:
    """Whether the words match more posts than are counted."""
    return bool(filters.q) and search.too_many(filters, version())


@lru_cache(maxsize=256)
def _matching(filters: PostFilters, version: int) -> int | None:
    found = filters.apply(Post.objects.public()).order_by().values("pk")
    number = found[: MOST_MATCHES + 1].count()
    return number if number <= MOST_MATCHES else None


def _grouped(filters: PostFilters) -> Grouped:
    """Count by facet code and by where shown, under the filters that are not facets."""
    if filters.q and not (filters.bbox or filters.also):
        found = search.matches(filters, version())
        # Too many only where they became so since the page asked.
        return Counter(found.grouped() if found else {})
    if filters.beyond_counts:
        return planner.grouped_rows(filters.by_moment(Post.objects.public()))
    return planner.grouped(SPEC, filters.area, filters.since, filters.until)


def summary(filters: PostFilters) -> dict:
    """Return the numbers beside a list or a map, the whole country whatever is in view.

    {"total", "more_than"?, "on_map", "not_on_map": {"region", "none"}, "facets": {facet: {word:
    posts}}, "version"}. A facet's numbers are what choosing that value would give, the other
    facets staying as they are. total = on_map + region + none, always.
    """
    filters = filters.without_bbox()
    at = version()
    if too_many(filters):
        return {"total": None, "more_than": MOST_MATCHES, "version": at}
    names = {
        "theme": dict(Theme.objects.values_list("number", "slug")),
        "kind": {int(value): word for word, value in KIND.items()},
        "answered": {value: word for word, value in ANSWERED.items()},
    }
    found = _grouped(filters.without_facets())
    shown, facets = planner.by_facet(SPEC, found, filters.facets, names)
    return summary_of(shown, facets, at)


@dataclass(frozen=True)
class Going:
    """How a theme goes: posts, those answered, replies, and both by region, the most first."""

    posts: int
    answered: int
    replies: int
    regions: tuple[tuple[Area, int, int], ...]


def going() -> dict[int, Going]:
    """How every theme goes, by number; read from the ledger, whatever the number of posts."""
    whole: dict[str, Counter[int]] = {name: Counter() for name in ("posts", "answered", "replies")}
    by_region: dict[int, dict[int, list[int]]] = {}
    rows = Ledger.objects.filter(
        layer__in=(SPEC.layer, REPLIES.layer),
        dimension=Dimension.AREA_FACET,
        period=ALL_TIME,
        n__gt=0,
    )
    for layer, place, facet, n in rows.values_list("layer", "place", "facet", "n"):
        values = SPEC.values(facet)
        theme, posts = values["theme"], layer == SPEC.layer
        if not place:
            whole["posts" if posts else "replies"][theme] += n
            whole["answered"][theme] += n if posts and values["answered"] else 0
        else:
            by_region.setdefault(theme, {}).setdefault(place, [0, 0])[0 if posts else 1] += n
    areas = (
        Area.objects.without_boundaries()
        .filter(kind=Area.Kind.REGION)
        .in_bulk({place for places in by_region.values() for place in places})
    )
    return {
        theme: Going(
            whole["posts"][theme],
            whole["answered"][theme],
            whole["replies"][theme],
            tuple(
                (areas[place], posts, replies)
                for place, (posts, replies) in sorted(
                    by_region.get(theme, {}).items(), key=lambda one: -one[1][0]
                )
                if place in areas  # and no nation
            ),
        )
        for theme in Theme.objects.values_list("number", flat=True)
    }
