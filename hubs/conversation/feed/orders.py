"""The orders of the feed, each a page at a time by keyset.

Beside the counts of a post stands what lists are filtered by, so that the first of an order are
found by one short scan of an index for each facet code and region. What is filtered by an
organisation, a district or words is gathered and sorted where it is little; where it is much, a
window of the order's own index is walked first.
"""

import datetime

import numpy as np
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet

from hubs.conversation.feed import index_scan, matches
from hubs.conversation.feed.index_scan import (
    DISCUSSED,
    INDEXED,
    NEWEST,
    OLDEST,
    SUPPORTED,
    Place,
    Value,
)
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import Post, PostCounts
from hubs.conversation.totals import version
from pledges.feed.any_of import Among
from pledges.feed.index_scan import one_by_one
from pledges.feed.lists import EPOCH, Page
from pledges.feed.orders import ALL, Cursor

FEW = 2_500  # posts that are gathered at once
WINDOW = 8_000  # entries of an index that are walked before what passes is gathered instead
# Posts known to match words that are looked up each; of more, some are met in a walk of MANY.
SOME, MANY = 1_000, 10_000

__all__ = ["DISCUSSED", "NEWEST", "OLDEST", "SUPPORTED", "in_order", "key_page", "keys", "page"]


def page(order: str, filters: PostFilters, limit: int, total: int | None, word: str = "") -> Page:
    """Return `limit` public posts in this order from the cursor on.

    `total` is how many pass, None for more than are counted.
    """
    found, following = key_page(order, filters, limit, total, word)
    return Page(in_order(found), following)


def key_page(
    order: str, filters: PostFilters, limit: int, total: int | None, word: str = ""
) -> tuple[list[int], str | None]:
    """Return the numbers of the posts of a page, and the cursor of the next page."""
    cursor = Cursor.parse(word)
    after = _place(order, cursor) if cursor else None
    found = keys(order, filters, limit + 1, total, after)
    more, found = len(found) > limit, found[:limit]
    following = str(Cursor(number(found[-1][0]), found[-1][1])) if more else None
    return [key for _, key in found], following


def in_order(keys: list[int]) -> list[Post]:
    """Return the posts with what a list shows of each; one hidden meanwhile is left out."""
    found = Post.objects.public().with_everything().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def keys(
    order: str, filters: PostFilters, limit: int, total: int | None, after: Place | None = None
) -> list[Place]:
    """Return (value, number) of the first posts that pass, in order."""
    days, by_moment = bool(filters.since or filters.until), order in (NEWEST, OLDEST)
    if not filters.beyond_counts:
        if days and not by_moment:
            return _of_days(order, filters, limit, total, after)
        if filters.facets or filters.regions is not None or days:
            return index_scan.by_facet(order, filters, limit, after)
        return _walked(order, Post.objects.public(), limit, after)
    if filters.q and not (filters.bbox or filters.also):
        matching = matches.of(filters, version())
        if matching is not None:
            return _of(matching, order, limit, after)
    passing = filters.by_moment(Post.objects.public()).order_by()
    if by_moment and not (filters.q or filters.bbox or filters.also):
        # An organisation, or a district: its own index has them in this order.
        return _walked(order, passing, limit, after)
    if total is None or total > FEW:
        found = _within(order, passing, limit, after)
        if len(found) == limit:
            return found
    rows: QuerySet = Post.objects if by_moment else PostCounts.objects
    return _gathered(order, rows.filter(pk__in=passing.values("pk")[:ALL]), limit, after)


def _of(rows: np.ndarray, order: str, limit: int, after: Place | None) -> list[Place]:
    """Sort posts that are known already."""
    if order in (NEWEST, OLDEST):
        found = matches.by_moment(rows, oldest_first=order == OLDEST)
        if after:
            found = [p for p in found if (p > after if order == OLDEST else p < after)]
        return found[:limit]
    if len(rows) > SOME:
        walked = _walked(order, Post.objects.public(), MANY, after)
        passing = np.isin([key for _, key in walked], rows["id"])
        found = [place for place, passes in zip(walked, passing, strict=True) if passes]
        if len(found) >= limit:
            return found[:limit]
    counts = PostCounts.objects.filter(Among("post_id", rows["id"].tolist()), public=True)
    return _gathered(order, counts, limit, after)


def _of_days(
    order: str, filters: PostFilters, limit: int, total: int | None, after: Place | None
) -> list[Place]:
    """Days are a span of the index of what is new, and of neither other order."""
    passing = index_scan.counts_of_days(filters)
    if total is None or total > FEW:
        if order == DISCUSSED:
            return index_scan.by_day(order, filters, limit, after)
        # Support hardly goes by the day: of many that pass some are soon met.
        found = _within(order, passing, limit, after)
        if len(found) == limit:
            return found
    return _gathered(order, passing, limit, after)


def _walked(order: str, passing: QuerySet, limit: int, after: Place | None) -> list[Place]:
    """Walk the order's own index to the end, if need be."""
    rows = passing if order in (NEWEST, OLDEST) else PostCounts.objects.filter(public=True)
    return list(_in_order(order, rows, after)[:limit])


def _within(order: str, passing: QuerySet, limit: int, after: Place | None) -> list[Place]:
    """Walk a window of the order's own index, and take what passes; fewer than `limit`, maybe."""
    everything = Post if order in (NEWEST, OLDEST) else PostCounts
    walked = _in_order(order, everything.objects.filter(public=True), after)[:WINDOW]
    return one_by_one(walked, passing, limit, rising=order == OLDEST)


def _in_order(order: str, rows: QuerySet, after: Place | None) -> QuerySet:
    _table, column, key = INDEXED[order]
    return _beyond(rows, column, key, after, rising=order == OLDEST)


def _gathered(order: str, rows: QuerySet, limit: int, after: Place | None) -> list[Place]:
    """Gather all these rows, and sort them; the limit is never reached, and keeps it one."""
    _table, column, key = INDEXED[order]
    sorted_by = (
        F(column) + 0
        if order == SUPPORTED
        # Plus nothing, so that no index can be walked in this order.
        else ExpressionWrapper(F(column) + datetime.timedelta(), DateTimeField())
    )
    found = rows.annotate(sorted_by=sorted_by)
    return list(_beyond(found, "sorted_by", key, after, rising=order == OLDEST)[:limit])


def _beyond(
    rows: QuerySet, by: str, key: str, after: Place | None, *, rising: bool = False
) -> QuerySet:
    """Return (value, number) of the rows from a place on, the highest first unless `rising`."""
    way, sign = ("gt", "") if rising else ("lt", "-")
    if after:
        value, last = after
        # The first condition bounds the scan of the index, which the other alone would not.
        rows = rows.filter(
            Q(**{f"{by}__{way}": value}) | Q(**{by: value, f"{key}__{way}": last}),
            **{f"{by}__{way}e": value},
        )
    return rows.order_by(f"{sign}{by}", f"{sign}{key}").values_list(by, key)


def _place(order: str, cursor: Cursor) -> Place:
    if order == SUPPORTED:
        return cursor.value, cursor.key
    return EPOCH + datetime.timedelta(microseconds=min(cursor.value, 2**52)), cursor.key


def number(value: Value) -> int:
    """Return what a post is sorted by as a whole number, as cursors hold it."""
    if isinstance(value, datetime.datetime):
        return (value - EPOCH) // datetime.timedelta(microseconds=1)
    return value
