"""Count a layer afresh: after a bulk load, or to check and repair what the folds have kept.

Everything runs in one REPEATABLE READ transaction. Its snapshot sees a queue row exactly when it
sees the change that queued it, so that rows seen are in the fresh counts and are taken out of the
queue, and rows not seen stay in the queue for the next fold.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from geo.counts import ledger
from geo.counts.fold import (
    HIGHEST,
    HIGHEST_CUBE,
    LOWEST,
    PARTS,
    PASSED_ON,
    SPOT,
    fold_now,
    lock_key,
)
from geo.counts.spec import Spec

KEYS = {
    "geo_cell": "layer, cz, morton",
    "geo_cube": "layer, cz, period, morton, region, facet",
    "geo_tally": "layer, region, period, shown, facet",
    "geo_owner": "layer, owner",
    "geo_ledger": ledger.KEY,
}
COLUMNS = {
    "geo_cell": "layer, cz, morton, n, sum_x, sum_y, parts",
    "geo_cube": "layer, cz, period, morton, region, facet, n",
    "geo_tally": "layer, region, period, shown, facet, n",
    "geo_owner": "layer, owner, n",
    "geo_ledger": ledger.COLUMNS,
}
EVERYTHING = 2**31


def _tables(spec: Spec) -> list[str]:
    return list(KEYS) if spec.mapped else ["geo_ledger"]


SUMS = ", ".join(f"sum(parts[{part}])::int" for part in range(1, 13))


@contextmanager
def _alone(spec: Spec) -> Iterator:
    """Hold the layer's lock, taken before the snapshot: a fold between them would be lost."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [lock_key(spec)])
        try:
            with transaction.atomic():
                cursor.execute("set transaction isolation level repeatable read")
                cursor.execute("set local work_mem = '256MB'")
                yield cursor
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [lock_key(spec)])


def _count_afresh(cursor, spec: Spec, say: Callable[[str], None]) -> None:
    """Fill temporary tables fresh_geo_cell, fresh_geo_cube, ... from the rows themselves."""
    layer = {"layer": spec.layer}
    for table in _tables(spec):
        cursor.execute(
            f"create temp table fresh_{table} on commit drop as select {COLUMNS[table]}"
            f" from {table} limit 0"
        )
    say("grouping the rows")
    cursor.execute(
        "create temp table facts on commit drop as select morton, region, district, shown, facet,"
        f" part, owner, {ledger.MONTH} as month, {ledger.DATE} as date, count(*)::int as n"
        f" from ({spec.facts}) as rows group by 1, 2, 3, 4, 5, 6, 7, 8, 9"
    )
    say("books")
    cursor.execute(f"insert into fresh_geo_ledger {ledger.fresh(spec)}", layer)
    if spec.mapped:
        _count_map(cursor, spec, say)


def _count_map(cursor, spec: Spec, say: Callable[[str], None]) -> None:
    """Fill the tables of clusters and of what is beside the map."""
    layer = {"layer": spec.layer}
    say("spots and clusters")
    by_part = PARTS.replace("sum(sign)", "sum(n)")
    cursor.execute(
        "insert into fresh_geo_cell select %(layer)s, %(spot)s, morton, sum(n),"
        " sum(n * geo_gather(morton)), sum(n * geo_gather(morton >> 1)),"
        f" array[{by_part}] from facts where morton is not null group by morton",
        {**layer, "spot": SPOT},
    )
    for cz in range(HIGHEST, LOWEST - 1, -1):
        below = SPOT if cz == HIGHEST else cz + 1
        cursor.execute(
            "insert into fresh_geo_cell select %(layer)s, %(cz)s, morton >> %(shift)s, sum(n),"
            f" sum(sum_x), sum(sum_y), array[{SUMS}] from fresh_geo_cell where cz = %(below)s"
            " group by morton >> %(shift)s",
            {**layer, "cz": cz, "below": below, "shift": 2 * (below - cz)},
        )
    for cz in range(HIGHEST_CUBE, LOWEST - 1, -1):
        say(f"filtered cells, level {cz}")
        _cube_level(cursor, spec, cz)
    say("tallies")
    cursor.execute(
        "insert into fresh_geo_tally select %(layer)s, r.region, p.period, shown, facet, sum(n)"
        " from facts cross join lateral (select 0 union all select facts.region"
        " where facts.region <> 0) as r(region)"
        " cross join lateral (values (0), (month / 100), (month)) as p(period)"
        " group by 2, 3, 4, 5",
        layer,
    )
    cursor.execute(
        "insert into fresh_geo_owner select %(layer)s, owner, sum(n) from facts"
        " where owner is not null group by owner",
        layer,
    )


def _cube_level(cursor, spec: Spec, cz: int) -> None:
    """Count one level: its months from the level below, its years and all time from its months."""
    if cz == HIGHEST_CUBE:
        source = (
            "select month as period, morton >> 2 * (24 - %(cz)s) as cell, region, facet, n"
            " from facts where morton is not null"
        )
    else:
        source = (
            "select period, morton >> 2 as cell, region, facet, n from fresh_geo_cube"
            " where cz = %(cz)s + 1 and period > 9999"
        )
    values = {"layer": spec.layer, "cz": cz}
    cursor.execute(
        "insert into fresh_geo_cube select %(layer)s, %(cz)s, period, cell, region, facet, sum(n)"
        f" from ({source}) as s group by period, cell, region, facet",
        values,
    )
    for period, larger_than in (("period / 100", 9999), ("0", 9999)):
        cursor.execute(
            f"insert into fresh_geo_cube select %(layer)s, %(cz)s, {period}, morton, region, facet,"
            " sum(n) from fresh_geo_cube where cz = %(cz)s and period > %(than)s"
            " group by 3, morton, region, facet",
            {**values, "than": larger_than},
        )


def _new_version(cursor, spec: Spec) -> None:
    cursor.execute(
        "insert into geo_fold as kept (layer, version, folded_at) values (%s, 1, now())"
        " on conflict (layer) do update set version = kept.version + 1, folded_at = now()",
        [spec.layer],
    )


def rebuild(spec: Spec, say: Callable[[str], None] = lambda words: None) -> None:
    """Replace all counts of the layer by fresh ones, and empty the queue of what they hold."""
    with _alone(spec) as cursor:
        _count_afresh(cursor, spec, say)
        say("writing")
        for table in _tables(spec):
            # TRUNCATE where the layer is alone: deleting millions of rows leaves them behind dead.
            cursor.execute(f"select exists(select from {table} where layer <> %s)", [spec.layer])
            shared = cursor.fetchone()[0]
            if shared:
                cursor.execute(f"delete from {table} where layer = %s", [spec.layer])
            else:
                cursor.execute(f"truncate {table}")
            cursor.execute(
                f"insert into {table} ({COLUMNS[table]}) select * from fresh_{table}"
                f" order by {KEYS[table]}"
            )
        taken = "taken as (delete from geo_change where layer = %(layer)s returning *)"
        cursor.execute(f"with {taken}, {PASSED_ON} select from told", {"layer": spec.layer})
        _new_version(cursor, spec)
    with connection.cursor() as cursor:
        for table in _tables(spec):
            cursor.execute(f"analyze {table}")


def differences(spec: Spec, repair: bool = False) -> dict[str, int]:
    """Return how many counts of each table differ from the rows; with `repair`, mend them."""
    found = {}
    with _alone(spec) as cursor:
        # What is still queued is no difference: the snapshot's rows hold it already.
        fold_now(cursor, spec, EVERYTHING)
        _count_afresh(cursor, spec, lambda words: None)
        for table in _tables(spec):
            found[table] = _difference(cursor, spec, table, KEYS[table].split(", "), repair)
        if repair and any(found.values()):
            _new_version(cursor, spec)
    return found


def _difference(cursor, spec: Spec, table: str, key: list[str], repair: bool) -> int:
    columns = COLUMNS[table].split(", ")
    counts = [column for column in columns if column not in key]
    same = " and ".join(f"kept.{column} = fresh.{column}" for column in key)
    rows = ", ".join(f"kept.{column}" for column in counts)
    cursor.execute(
        f"select count(*) from (select * from {table} where layer = %s and n <> 0) as kept"
        f" full join fresh_{table} as fresh on {same}"
        f" where ({rows}) is distinct from ({rows.replace('kept.', 'fresh.')})",
        [spec.layer],
    )
    differing = cursor.fetchone()[0]
    if repair and differing:
        cursor.execute(
            f"delete from {table} as kept where layer = %s and not exists"
            f" (select from fresh_{table} as fresh where {same})",
            [spec.layer],
        )
        updates = ", ".join(f"{column} = excluded.{column}" for column in counts)
        cursor.execute(
            f"insert into {table} ({COLUMNS[table]}) select * from fresh_{table}"
            f" on conflict ({', '.join(key)}) do update set {updates}"
        )
    return differing
