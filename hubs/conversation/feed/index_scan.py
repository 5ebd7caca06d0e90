"""Ways through the indexes of lists, each bounded whatever is asked; the orders choose among them.

A list is told as (value, number) of its first posts: what they are sorted by, and which they are.
"""

import datetime

from django.db import connection
from django.db.models import QuerySet

from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import SPEC, Post, PostCounts
from pledges.feed import lists

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
from {spread}
cross join lateral (
    select {column} as value, {key} as key from {table} where public {conditions}
    order by {column} {way}, {key} {way} limit %(limit)s
) as first
order by first.value {way}, first.key {way} limit %(limit)s
"""
FACETS = "unnest(%(facets)s::smallint[]) as wanted(facet)"
REGIONS = " cross join unnest(%(regions)s::bigint[]) as place(region)"
# From the first day of the data on, or to the last, where the span is open.
DAYS = """generate_series(
    greatest(%(since)s::date, (select min(day) from conversation_postcounts where public)),
    least(%(until)s::date, (select max(day) from conversation_postcounts where public)),
    interval '1 day'
) as wanted(day)"""


def by_facet(order: str, filters: PostFilters, limit: int, after: Place | None) -> list[Place]:
    """Take the first of each facet code (and region) by index, and the first of those."""
    table = INDEXED[order][0]
    codes = SPEC.codes(filters.facets or {"kind": frozenset(map(int, Post.Kind))})
    values: dict[str, object] = {"facets": codes}
    conditions, spread = ["facet = wanted.facet"], FACETS
    if filters.regions is not None:
        values["regions"] = sorted(filters.regions)
        spread += REGIONS
        conditions.append(f"{REGION[table]} = place.region")
    start, end = lists.moments(filters)
    if start:
        values["start"] = start
        conditions.append("created_at >= %(start)s")
    if end:
        values["end"] = end
        conditions.append("created_at < %(end)s")
    return _first(order, spread, conditions, values, limit, after)


def by_day(order: str, filters: PostFilters, limit: int, after: Place | None) -> list[Place]:
    """Take the first of each day by the index of days, which holds the other filters too.

    For DISCUSSED: those of one day stand together there, and are far apart in the order itself.
    """
    values: dict[str, object] = {"since": filters.since, "until": filters.until}
    conditions = ["day = wanted.day::date"]
    if codes := SPEC.codes(filters.facets):
        values["facets"] = codes
        conditions.append("facet = any(%(facets)s::smallint[])")
    if filters.regions is not None:
        values["regions"] = sorted(filters.regions)
        conditions.append("region = any(%(regions)s::int[])")
    return _first(order, DAYS, conditions, values, limit, after)


def counts_of_days(filters: PostFilters) -> QuerySet:
    """Counts of the posts of a span of days that pass: the index of days alone tells them."""
    rows = PostCounts.objects.filter(public=True)
    if codes := SPEC.codes(filters.facets):
        rows = rows.filter(facet__in=codes)
    if filters.regions is not None:
        rows = rows.filter(region__in=sorted(filters.regions))
    if filters.since:
        rows = rows.filter(day__gte=filters.since)
    return rows.filter(day__lte=filters.until) if filters.until else rows


def _first(
    order: str,
    spread: str,
    conditions: list[str],
    values: dict[str, object],
    limit: int,
    after: Place | None,
) -> list[Place]:
    table, column, key = INDEXED[order]
    sign, way = (">", "asc") if order == OLDEST else ("<", "desc")
    values = {**values, "limit": limit}
    if after:
        values |= {"value": after[0], "key": after[1]}
        conditions = [*conditions, f"({column}, {key}) {sign} (%(value)s, %(key)s)"]
    statement = FIRST.format(
        table=table,
        column=column,
        key=key,
        way=way,
        spread=spread,
        conditions="".join(f" and {condition}" for condition in conditions),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
