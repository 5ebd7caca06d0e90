"""One worker at a time keeps the counts; a lock of its session says that it is alive."""

import datetime

from django.db import connection

LOCK = 7_300_999
MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)


def pause(
    failures: int, shortest: datetime.timedelta = MINUTE, longest: datetime.timedelta = HOUR
) -> datetime.timedelta:
    """How long to wait after so many failures in a row: twice as long after each."""
    # No larger power is needed, nor could a timedelta hold every one.
    return min(longest, shortest * 2 ** min(max(failures - 1, 0), 16))


def claim() -> bool:
    """Become the worker for as long as this connection lives; False where another one is."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        return cursor.fetchone()[0]


def alive() -> bool:
    """Whether a worker is at work: its lock goes with its connection, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists(select from pg_locks where locktype = 'advisory' and objid = %s"
            " and classid = 0 and granted and database ="
            " (select oid from pg_database where datname = current_database()))",
            [LOCK],
        )
        return cursor.fetchone()[0]
