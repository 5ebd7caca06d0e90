"""The queue of changes: who may take from it, and whether somebody does."""

from django.db import connection

from geo.counts.spec import NewsSource, Spec

# A range rather than a list of ids: the planner, who knows the queue as the small table that it
# mostly is, would look up each id of a burst by reading the whole queue again.
TAKEN = """
taken as (
    delete from geo_change where layer = %(layer)s and id <= (
        select max(id) from (
            select id from geo_change where layer = %(layer)s order by id limit %(most)s
        ) as first
    ) returning *
)"""
WORKER = 7_300_999


def lock_key(layer: Spec | NewsSource | int) -> int:
    """Return the advisory lock that whoever writes a layer's counts holds."""
    return 7_301_000 + (layer if isinstance(layer, int) else layer.layer)


def claim_worker() -> bool:
    """Become the worker for as long as this connection lives; False where another one is."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [WORKER])
        return cursor.fetchone()[0]


def worker_alive() -> bool:
    """Whether a worker is at work: its lock goes with its connection, however it ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists(select from pg_locks where locktype = 'advisory' and objid = %s"
            " and classid = 0 and granted and database ="
            " (select oid from pg_database where datname = current_database()))",
            [WORKER],
        )
        return cursor.fetchone()[0]
