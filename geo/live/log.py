"""The first and last ids of the log of news."""

from typing import Any, Protocol

from django.db import connection

from geo.counts.fold import LOG


class Cursor(Protocol):
    """A cursor of Django's, or of psycopg2's own."""

    def execute(self, sql: str, params: Any = ..., /) -> object: ...

    def fetchone(self) -> Any: ...


def read_id_range(cursor: Cursor) -> tuple[int, int]:
    """Return the ids of the oldest and of the newest entry that the log still has.

    Of an empty log they are the next id and the last one issued. A fold in progress holds ids that
    are not visible yet: it is waited for, or its entries would be taken for already read.
    """
    cursor.execute("select min(id), max(id) from geo_news")
    oldest, newest = cursor.fetchone()
    if newest is not None:
        return oldest, newest
    cursor.execute("select pg_advisory_lock_shared(%s)", [LOG])
    try:
        cursor.execute("select case when is_called then last_value else 0 end from geo_news_id_seq")
        newest = cursor.fetchone()[0]
    finally:
        cursor.execute("select pg_advisory_unlock_shared(%s)", [LOG])
    return newest + 1, newest


def id_range() -> tuple[int, int]:
    """Return the ids of the oldest and the newest entry, read on Django's connection."""
    with connection.cursor() as cursor:
        return read_id_range(cursor)


def newest() -> int:
    """Return the id of the newest entry: whatever is read from now on includes all up to it."""
    return id_range()[1]
