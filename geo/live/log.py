"""The ends of the log of news, for whoever follows it."""

from django.db import connection

from geo.counts.fold import LOG


def read_id_range(cursor) -> tuple[int, int]:
    """Return the ids of the oldest entry kept and of the newest.

    Of an empty log they are the next id and the last one given out. A fold at this moment has ids
    that nobody sees yet: it is waited for, or what it tells would be taken for told.
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
    """Return the ids of the oldest entry kept and of the newest, on Django's connection."""
    with connection.cursor() as cursor:
        return read_id_range(cursor)


def newest() -> int:
    """Return the id of the newest entry: what is read from now on shows all up to it."""
    return id_range()[1]
