"""How many posts and replies there are: totals that add up, whatever is asked."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Max, Min

from geo.areas.models import Area
from geo.core.timeouts import once
from geo.counts import fold
from geo.counts.models import Ledger, Owner
from geo.counts.periods import ALL_TIME
from hubs.conversation.filters import ANSWERED, KIND, PostFilters
from hubs.conversation.models.counted import REPLIES
from hubs.conversation.models.posts import SPEC, Post
from hubs.conversation.models.themes import Theme
from pledges.counts import tallies
from pledges.counts.tallies import Grouped
from pledges.feed import search
from pledges.feed.search import MOST_MATCHES

Book = Ledger.Book


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
    if filters.pairs() == [
        ("organisation", filters.organisation and filters.organisation.public_code)
    ]:
        owner = Owner.objects.filter(layer=SPEC.layer, owner=filters.organisation.pk)
        return owner.values_list("n", flat=True).first() or 0
    if filters.beyond_counts:
        return filters.apply(Post.objects.public()).order_by().count()
    return tallies.counted(filters)


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
        return _grouped_rows(filters)
    days = {"first": None, "last": None}
    if filters.since or filters.until:
        days = Post.objects.public().aggregate(first=Min("created_at"), last=Max("created_at"))
        if days["first"] is None:
            return Counter()
        days = {name: moment.date() for name, moment in days.items()}
    return tallies.kept(filters, days["first"], days["last"], _grouped_rows)


def _grouped_rows(filters: PostFilters) -> Grouped:
    return tallies.of_rows(filters.by_moment(Post.objects.public()))


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
    words = {
        "theme": dict(Theme.objects.values_list("number", "slug")),
        "kind": {int(value): word for word, value in KIND.items()},
        "answered": {value: word for word, value in ANSWERED.items()},
    }
    shown, facets = tallies.shared_out(_grouped(filters.without_facets()), filters, words)
    return tallies.told(shown, facets, at)


@dataclass(frozen=True)
class Going:
    """How a theme goes: posts, those answered, replies, and both by region, the most first."""

    posts: int
    answered: int
    replies: int
    regions: tuple[tuple[Area, int, int], ...]


def going() -> dict[int, Going]:
    """How every theme goes, by number; read from the books, whatever the number of posts."""
    whole: dict[str, Counter[int]] = {name: Counter() for name in ("posts", "answered", "replies")}
    by_region: dict[int, dict[int, list[int]]] = {}
    rows = Ledger.objects.filter(
        layer__in=(SPEC.layer, REPLIES.layer),
        book__in=(Book.WHOLE_FACET, Book.REGION_FACET),
        period=ALL_TIME,
        n__gt=0,
    )
    for layer, book, place, facet, n in rows.values_list("layer", "book", "place", "facet", "n"):
        values = SPEC.values(facet)
        theme, posts = values["theme"], layer == SPEC.layer
        if book == Book.WHOLE_FACET:
            whole["posts" if posts else "replies"][theme] += n
            whole["answered"][theme] += n if posts and values["answered"] else 0
        elif place:
            by_region.setdefault(theme, {}).setdefault(place, [0, 0])[0 if posts else 1] += n
    areas = Area.objects.without_boundaries().in_bulk(
        {place for places in by_region.values() for place in places}
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
            ),
        )
        for theme in Theme.objects.values_list("number", flat=True)
    }
