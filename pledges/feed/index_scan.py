"""Scans along an index that end with the last row that is wanted, by LATERAL."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from geo.core.keyset import Cursor
from geo.counts.periods import moments
from pledges.feed.sorting import SortKey, SortOrder
from pledges.filters import CountedFilters

# Limited to one, the inner query cannot be turned into a join, which would first find all that
# pass.
PASSING = """
select scanned.value, scanned.key
from ({scanned}) as scanned (value, key) cross join lateral ({passing} limit 1) as passing
order by scanned.value {way}, scanned.key {way} limit %s
"""
EACH = """
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


def first_passing(scanned: QuerySet, passing: QuerySet, limit: int) -> list[SortKey]:
    """Return the first (value, key) of `scanned` whose key is one of `passing`.

    `scanned` is what an order answers to `scan`, with a limit; `passing` is not sorted.
    """
    way = "desc" if scanned.query.order_by[0].startswith("-") else "asc"
    tried = passing.filter(pk=RawSQL("scanned.key", [])).values("pk")
    (along, given), (wanted, more) = (rows.query.sql_with_params() for rows in (scanned, tried))
    statement = PASSING.format(scanned=along, passing=wanted, way=way)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *more, limit])
        return cursor.fetchall()


def first_of_facets(
    order: SortOrder,
    filters: CountedFilters,
    facets: Sequence[int],
    limit: int,
    cursor: Cursor | None,
    region: str = "region_id",
) -> list[SortKey]:
    """Take the first of each facet code (and region) by index, and the first of those."""
    values: dict[str, object] = {"facets": facets}
    conditions, spread = ["facet = wanted.facet"], FACETS
    if filters.regions is not None:
        values["regions"] = sorted(filters.regions)
        spread += REGIONS
        conditions.append(f"{region} = place.region")
    start, end = moments(filters.since, filters.until)
    if start:
        values["start"] = start
        conditions.append("created_at >= %(start)s")
    if end:
        values["end"] = end
        conditions.append("created_at < %(end)s")
    return first_of_each(order, spread, conditions, values, limit, cursor)


def first_of_each(
    order: SortOrder,
    spread: str,
    conditions: Sequence[str],
    values: dict[str, object],
    limit: int,
    cursor: Cursor | None,
) -> list[SortKey]:
    """Take the first rows for each row of `spread`, and the first of those.

    `spread` and `conditions` are SQL with the `values` by name.
    """
    rising = order.rising != (cursor is not None and cursor.back)
    values = {**values, "limit": limit}
    if cursor:
        values["value"], values["key"] = cursor.values
        sign = ">" if rising else "<"
        conditions = [*conditions, f"({order.column}, {order.key}) {sign} (%(value)s, %(key)s)"]
    statement = EACH.format(
        table=order.rows().model._meta.db_table,
        column=order.column,
        key=order.key,
        way="asc" if rising else "desc",
        spread=spread,
        conditions="".join(f" and {condition}" for condition in conditions),
    )
    with connection.cursor() as database:
        database.execute(statement, values)
        return database.fetchall()
