"""The orders of the wall, each a page at a time by keyset.

Two ways lead to a page. Where many pledges pass, the order’s own index is walked, and those met
that pass are taken. Where few pass, or a window of the index holds too few of them, all that pass
are gathered and sorted. PostgreSQL takes filters to be independent of each other and of likes, and
would walk through millions for the first of a few; the counts tell which way is short.
"""

import datetime
import re
from dataclasses import dataclass, replace

import numpy as np
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import (
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
)
from django.db.models.functions import Cast, Round

from geo.core.errors import BadParameter
from pledges.counts import matches
from pledges.counts.matches import MOST_MATCHES
from pledges.counts.totals import count, version
from pledges.feed import lists
from pledges.feed.any_of import Among
from pledges.feed.index_scan import one_by_one
from pledges.feed.lists import EPOCH, FEW, Page
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge, PledgeCounts

NEWEST, BEST, JOINED, LIKED, DONE = "newest", "best", "joined", "liked", "done"
WINDOW = 20_000  # of an index, before what passes is gathered instead
RANKED = 2_000  # matches of words that are ranked; more are listed newest first
# A limit that is never reached keeps PostgreSQL from turning what is gathered into a walk.
ALL = 100_000_000
BY = {JOINED: "joins", LIKED: "likes"}
# What gathered rows are sorted by: plus nothing, so that no index can be walked in this order.
GATHERED = {
    "joins": F("joins") + 0,
    "likes": F("likes") + 0,
    "done_at": ExpressionWrapper(F("done_at") + datetime.timedelta(), DateTimeField()),
}
Place = tuple[int | datetime.datetime, int]  # what a pledge is sorted by, and its number
CURSOR = re.compile(r"([0-9a-f]{1,14})-([0-9a-f]{1,15})")
RANK = Cast(Round(SearchRank(F("words"), F("asked")) * 1_000_000), output_field=IntegerField())


@dataclass(frozen=True)
class Cursor:
    """The place after one pledge: what it is sorted by, as a whole number, and its own number."""

    value: int
    key: int

    def __str__(self) -> str:
        return f"{self.value:x}-{self.key:x}"

    @classmethod
    def parse(cls, word: str) -> "Cursor | None":
        """Read a cursor; empty means the first page. What we did not write raises BadParameter."""
        if not word:
            return None
        if not (parts := CURSOR.fullmatch(word)):
            raise BadParameter("cursor", "is not one of ours; start again at the first page")
        return cls(*(int(part, 16) for part in parts.groups()))

    def place(self, order: str) -> Place:
        if order != DONE:
            return self.value, self.key
        return EPOCH + datetime.timedelta(microseconds=min(self.value, 2**52)), self.key


def page(order: str, filters: PledgeFilters, limit: int, total: int | None, word: str = "") -> Page:
    """Return `limit` public pledges in this order from the cursor on.

    `total` is how many pass, None for more than are counted. `best` needs words in the filters.
    """
    if order == NEWEST:
        return lists.page(filters, limit, word)
    keys = _keys(order, filters, limit + 1, total, Cursor.parse(word))
    more, keys = len(keys) > limit, keys[:limit]
    following = str(Cursor(_number(keys[-1][0]), keys[-1][1])) if more else None
    return Page(in_order([key for _, key in keys]), following)


def in_order(keys: list[int]) -> list[Pledge]:
    """Return the pledges with what a list shows of each; one withdrawn meanwhile is left out."""
    found = Pledge.objects.public().with_everything().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _keys(
    order: str, filters: PledgeFilters, limit: int, total: int | None, cursor: Cursor | None
) -> list[Place]:
    after = cursor and cursor.place(order)
    known = lists.few_with_words(filters, FEW)
    passing = filters.apply(Pledge.objects.public()).order_by() if known is None else known
    if order == BEST:
        asked = SearchQuery(filters.q, config="english", search_type="websearch")
        return _first(passing.annotate(asked=asked, rank=RANK), "rank", "id", after, limit)
    if filters.q and known is None and (found := matches.keys(filters, version())) is not None:
        return _of(found, order, limit, after)
    many = known is None and (total is None or total > FEW)
    everywhere = (_everywhere(filters) if known is None else known).values("pk")[:ALL]
    if order == DONE:
        # Its index holds what filters ask, so that even a long walk reads it alone.
        if many:
            done = Pledge.objects.public().filter(done_at__isnull=False)
            rows = _beyond(replace(filters, q="").apply(done), "done_at", "id", after)
            walked = rows.values_list("done_at", "id")
            # Words are in the pledges alone: of these only those are read that pass all else.
            return one_by_one(walked[:ALL], passing, limit) if filters.q else list(walked[:limit])
        rows = Pledge.objects.filter(pk__in=everywhere, done_at__isnull=False)
        return _first(_gathered(rows, "done_at"), "sorted_by", "id", after, limit)
    by = BY[order]
    if many:
        walked = _beyond(PledgeCounts.objects.all(), by, "pledge_id", after)
        walked = walked.values_list(by, "pledge_id")[: window(limit, total or at_least(filters))]
        keys = one_by_one(walked, passing, limit)
        if len(keys) == limit:
            return keys
    rows = PledgeCounts.objects.filter(pledge__in=everywhere)
    return _first(_gathered(rows, by), "sorted_by", "pledge_id", after, limit)


def _of(keys: np.ndarray, order: str, limit: int, after: Place | None) -> list[Place]:
    """Sort pledges whose numbers are known: by walking the order's index where they are many."""
    if order == DONE:
        rows, by, key = Pledge.objects.public().filter(done_at__isnull=False), "done_at", "id"
    else:
        rows, by, key = PledgeCounts.objects.all(), BY[order], "pledge_id"
    if len(keys) <= FEW:
        gathered = _gathered(rows.filter(Among(key, keys.tolist())), by)
        return _first(gathered, "sorted_by", key, after, limit)
    size = window(limit, len(keys))
    while True:
        walked = _first(rows, by, key, after, size)
        passing = np.isin([number for _, number in walked], keys)
        found = [place for place, passes in zip(walked, passing, strict=True) if passes]
        if len(found) >= limit or len(walked) < size:
            return found[:limit]
        size *= 8


def _everywhere(filters: PledgeFilters) -> QuerySet:
    """Return all that pass; by moments, as the lists' indexes hold them, and not by days."""
    start, end = lists.moments(filters)
    rows = replace(filters, since=None, until=None).apply(Pledge.objects.public()).order_by()
    if start:
        rows = rows.filter(created_at__gte=start)
    return rows.filter(created_at__lt=end) if end else rows


def at_least(filters: PledgeFilters) -> int:
    """Return about how many pass where the words alone match more than are counted."""
    others = count(replace(filters, q="")) or 0
    return max(1, MOST_MATCHES * others // max(1, count(PledgeFilters()) or 0))


def _gathered(rows: QuerySet, by: str) -> QuerySet:
    return rows.annotate(sorted_by=GATHERED[by])


def window(limit: int, total: int) -> int:
    """Return how much of an index to walk: three times what should hold `limit` that pass."""
    everything = count(PledgeFilters()) or 0
    return min(WINDOW, 3 * limit * max(1, everything // total))


def _first(rows: QuerySet, by: str, key: str, after: Place | None, limit: int) -> list[Place]:
    return list(_beyond(rows, by, key, after).values_list(by, key)[:limit])


def _beyond(rows: QuerySet, by: str, key: str, after: Place | None) -> QuerySet:
    """Sort rows, highest first, and leave out those up to the cursor."""
    if after:
        value, last = after
        # The first condition bounds the scan of the index, which the other alone would not.
        rows = rows.filter(
            Q(**{f"{by}__lt": value}) | Q(**{by: value, f"{key}__lt": last}),
            **{f"{by}__lte": value},
        )
    return rows.order_by(f"-{by}", f"-{key}")


def _number(value: int | datetime.datetime) -> int:
    if isinstance(value, datetime.datetime):
        return (value - EPOCH) // datetime.timedelta(microseconds=1)
    return value
