"""The orders of the feed, each a page at a time by keyset.

Beside the counts of a post stands what lists are filtered by, so that the first of an order are
found by one short scan of an index for each facet code and region. What is filtered by an
organisation, a district, days or words is gathered and sorted where it is little; where it is much,
the order's own index is walked.
"""

import datetime

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet

from hubs.conversation.filters import PostFilters
from hubs.conversation.models import SPEC, Post, PostCounts
from pledges import lists
from pledges.lists import EPOCH, Page
from pledges.wall.orders import ALL, FEW, Cursor

# Posts of some days that are gathered at once: in other orders they stand far apart.
MANY = 200_000
NEWEST, SUPPORTED, DISCUSSED, OLDEST = "newest", "supported", "discussed", "oldest"
# Order -> table, column, key.
INDEXED = {
    NEWEST: ("conversation_post", "created_at", "id"),
    SUPPORTED: ("conversation_postcounts", "supports", "post_id"),
    OLDEST: ("conversation_post", "created_at", "id"),
    DISCUSSED: ("conversation_postcounts", "last_at", "post_id"),
}
REGION = {"conversation_post": "region_id", "conversation_postcounts": "region"}
Value = int | datetime.datetime
Place = tuple[Value, int]  # what a post is sorted by, and its number

FIRST = """
select first.value, first.key
from unnest(%(facets)s::smallint[]) as wanted(facet) {regions}
cross join lateral (
    select {column} as value, {key} as key from {table}
    where public and facet = wanted.facet {conditions}
    order by {column} {way}, {key} {way} limit %(limit)s
) as first
order by first.value {way}, first.key {way} limit %(limit)s
"""


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
    days = bool(filters.since or filters.until)
    # Days are a span of the index by which the newest and the oldest are found, and of no other.
    beyond = filters.beyond_counts or (days and order not in (NEWEST, OLDEST))
    if not beyond and (filters.facets or filters.regions is not None or days):
        return _by_facet(order, filters, limit, after)
    passing = filters.of_days(filters.apply(Post.objects.public())).order_by()
    if not beyond or total is None or total > (MANY if days else FEW):
        return _walked(order, passing, limit, after, everything=not beyond)
    return _gathered(order, passing, limit, after)


def _by_facet(order: str, filters: PostFilters, limit: int, after: Place | None) -> list[Place]:
    """Take the first of each facet code (and region) by index, and the first of those."""
    table, column, key = INDEXED[order]
    codes = SPEC.codes(filters.facets or {"kind": frozenset(map(int, Post.Kind))})
    values: dict[str, object] = {"facets": codes, "limit": limit}
    conditions, regions = [], ""
    if filters.regions is not None:
        values["regions"] = sorted(filters.regions)
        regions = "cross join unnest(%(regions)s::bigint[]) as place(region)"
        conditions.append(f"{REGION[table]} = place.region")
    start, end = lists.moments(filters)
    if start:
        values["start"] = start
        conditions.append("created_at >= %(start)s")
    if end:
        values["end"] = end
        conditions.append("created_at < %(end)s")
    if after:
        values |= {"value": after[0], "key": after[1]}
        sign = ">" if order == OLDEST else "<"
        conditions.append(f"({column}, {key}) {sign} (%(value)s, %(key)s)")
    where = "".join(f" and {condition}" for condition in conditions)
    way = "asc" if order == OLDEST else "desc"
    statement = FIRST.format(
        table=table, column=column, key=key, regions=regions, conditions=where, way=way
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _walked(
    order: str, passing: QuerySet, limit: int, after: Place | None, *, everything: bool
) -> list[Place]:
    """Walk the order's own index, and take what passes."""
    _table, column, key = INDEXED[order]
    if order in (NEWEST, OLDEST):
        return _first(passing, column, key, after, limit, first=order == OLDEST)
    rows = PostCounts.objects.filter(public=True)
    if not everything:
        rows = rows.filter(post__in=passing)
    return _first(rows, column, key, after, limit)


def _gathered(order: str, passing: QuerySet, limit: int, after: Place | None) -> list[Place]:
    """Gather all that pass, and sort them; the limit is never reached, and keeps it one."""
    _table, column, key = INDEXED[order]
    everything = passing.values("pk")[:ALL]
    rows: QuerySet = Post.objects if order in (NEWEST, OLDEST) else PostCounts.objects
    sorted_by = (
        F(column) + 0
        if order == SUPPORTED
        # Plus nothing, so that no index can be walked in this order.
        else ExpressionWrapper(F(column) + datetime.timedelta(), DateTimeField())
    )
    found = rows.filter(pk__in=everything).annotate(sorted_by=sorted_by)
    return _first(found, "sorted_by", key, after, limit, first=order == OLDEST)


def _first(
    rows: QuerySet, by: str, key: str, after: Place | None, limit: int, *, first: bool = False
) -> list[Place]:
    """Return the next rows from a place on, the highest value first or, with `first`, the least."""
    way, sign = ("gt", "") if first else ("lt", "-")
    if after:
        value, last = after
        # The first condition bounds the scan of the index, which the other alone would not.
        rows = rows.filter(
            Q(**{f"{by}__{way}": value}) | Q(**{by: value, f"{key}__{way}": last}),
            **{f"{by}__{way}e": value},
        )
    return list(rows.order_by(f"{sign}{by}", f"{sign}{key}").values_list(by, key)[:limit])


def _place(order: str, cursor: Cursor) -> Place:
    if order == SUPPORTED:
        return cursor.value, cursor.key
    return EPOCH + datetime.timedelta(microseconds=min(cursor.value, 2**52)), cursor.key


def number(value: Value) -> int:
    """Return what a post is sorted by as a whole number, as cursors hold it."""
    if isinstance(value, datetime.datetime):
        return (value - EPOCH) // datetime.timedelta(microseconds=1)
    return value
