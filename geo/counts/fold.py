"""Fold the queue of changes into the counts: one statement, so all of it happens or nothing.

The worker calls `fold` every half second. An insert pays for one queue row; the hot rows of the
low zooms are touched once a fold, by one process, so that writers never wait for each other. The
same statement writes the log of news and notifies who listens.
"""

from django.db import connection, transaction

from geo.counts.ledger import fold_sql
from geo.counts.queue import TAKEN, lock_key
from geo.counts.spec import MOST_PARTS, NewsSource, Spec
from geo.live.models import News

LOWEST, HIGHEST, SPOT = 2, 17, 24  # cell zooms of the pyramid; SPOT: one row a point
HIGHEST_CUBE = 12  # cell zoom of the finest filtered cells; closer, tiles read the rows

# A change counts once for all time, once in its year and once in its month.
PERIODS = """
cross join lateral (values
    (0),
    (extract(year from day)::int),
    (extract(year from day)::int * 100 + extract(month from day)::int)
) as p(period)"""

# `offset 0` keeps the planner from taking the bits apart once more for each level.
CELLS = """
insert into geo_cell as stored (layer, cz, morton, n, sum_x, sum_y, parts)
select %(layer)s, cz, morton >> 2 * (24 - cz), sum(sign), sum(sign * x), sum(sign * y), {parts}
from (
    select sign, morton, part, geo_gather(morton) as x, geo_gather(morton >> 1) as y
    from taken where morton is not null offset 0
) as placed cross join (
    select generate_series(%(lowest)s, %(highest)s) union all select %(spot)s
) as levels(cz)
group by cz, morton >> 2 * (24 - cz)
on conflict (layer, cz, morton) do update set
    n = stored.n + excluded.n, sum_x = stored.sum_x + excluded.sum_x,
    sum_y = stored.sum_y + excluded.sum_y, parts = geo_add(stored.parts, excluded.parts)
returning 1"""

CUBE = f"""
insert into geo_cube as stored (layer, cz, period, morton, region, facet, n)
select %(layer)s, cz, period, morton >> 2 * (24 - cz), region, facet, sum(sign)
from taken cross join generate_series(%(lowest)s, %(highest_cube)s) as levels(cz) {PERIODS}
where morton is not null
group by cz, period, morton >> 2 * (24 - cz), region, facet having sum(sign) <> 0
on conflict (layer, cz, period, morton, region, facet) do update set n = stored.n + excluded.n
returning 1"""

VERSION = """
insert into geo_fold as stored (layer, version, folded_at)
select %(layer)s, 1, now() where exists (select from taken)
on conflict (layer) do update set version = stored.version + 1, folded_at = now()
returning version"""

# Cached tiles elsewhere stay valid. A fold of more spots than that leaves few of them.
MOST_SPOTS = 1000
VERSIONS = 100  # of which the spots are stored
MOVED = f"""
moved as (
    insert into geo_moved (layer, version, spots)
    select %(layer)s, version, spots from version, (
        select coalesce(array_agg(distinct morton), '{{}}') as spots from taken
        where morton is not null
    ) as those where cardinality(spots) <= {MOST_SPOTS}
), forgotten as (
    delete from geo_moved
    where layer = %(layer)s and version <= (select version - {VERSIONS} from version)
),"""
NEW_VERSION = """
with version as (
    update geo_fold set version = version + 1 where layer = %s returning layer, version
) insert into geo_moved (layer, version, spots) select layer, version, '{}' from version"""
SPOTS = """
select count(*), array(
    select distinct unnest(spots) from geo_moved
    where layer = %(layer)s and version > %(since)s and version <= %(until)s
) from geo_moved where layer = %(layer)s and version > %(since)s and version <= %(until)s"""

PARTS = ", ".join(
    f"coalesce(sum(sign) filter (where part = {part}), 0)::int" for part in range(1, MOST_PARTS + 1)
)
MAPPED = f"""
cells as ({CELLS.format(parts=f"array[{PARTS}]")}),
cube as ({CUBE}),"""

# Ids are given out under one lock (`LOG`), held until the commit: whoever sees an id has seen all
# before it. A row that came and went within one fold is published as changed.
CHANNEL = "geo_news"
LOG = 7_300_998
NEWS = f"""
news as (
    insert into geo_news (collection, key, verb, at)
    select %(collection)s, key, case when key = '' then {News.Verb.ANEW.value}
        when sum(sign) > 0 then %(verb)s
        when sum(sign) < 0 and %(verb)s = {News.Verb.NEW.value} then {News.Verb.GONE.value}
        else {News.Verb.CHANGED.value} end, now()
    from taken where key is not null and %(collection)s <> '' group by key order by max(id)
    returning id
), notified as (
    select pg_notify('{CHANNEL}', max(id)::text) from news having count(*) > 0
)"""
# A rebuild runs for minutes, in which nobody else could write the log: it leaves its news to the
# next fold. Of more than so many features it says that the collection was recomputed.
MOST_NEWS = 1000
PASSED_ON = f"""
left_over as (
    select distinct key from taken where key is not null limit {MOST_NEWS + 1}
), news as (
    insert into geo_change (layer, sign, key)
    select distinct %(layer)s, 0, case when n > {MOST_NEWS} then '' else key end
    from left_over, (select count(*) as n from left_over) as counted
), notified as (select)"""
FOLD = f"""
with {TAKEN}, {{counted}}
version as ({VERSION}), {{moved}} {{news}}
select (select count(*) from taken), (select count(*) from notified)
"""


def version(layer: Spec) -> int:
    """Return the number of folds so far: counts change only when it does."""
    # Asked by every tile and list, so not by the ORM, which takes longer than the database.
    with connection.cursor() as cursor:
        cursor.execute("select version from geo_fold where layer = %s", [layer.layer])
        found = cursor.fetchone()
    return found[0] if found else 0


def moved_spots(layer: Spec, since: int, until: int) -> frozenset[int] | None:
    """Return the Morton codes at which counts moved after one version, up to another.

    None: anywhere. A rebuild does that, and so do folds of too many or of too long ago.
    """
    with connection.cursor() as cursor:
        cursor.execute(SPOTS, {"layer": layer.layer, "since": since, "until": until})
        known, found = cursor.fetchone()
    return frozenset(found) if known == until - since else None


def new_version(layer: Spec) -> None:
    """Make a new version with the counts of the last: what was cached by that is evicted."""
    with connection.cursor() as cursor:
        cursor.execute(NEW_VERSION, [layer.layer])


def fold(layer: Spec | NewsSource, most: int = 20_000) -> int:
    """Move up to `most` queued changes into the counts and the log; return how many were moved.

    Another process that folds or rebuilds at this moment is left to do it: then 0 is returned.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [lock_key(layer)])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOG])
        return fold_now(cursor, layer, most, NEWS)


def fold_now(cursor, layer: Spec | NewsSource, most: int, news: str = PASSED_ON) -> int:
    """Fold inside the caller's transaction, whose session holds the layer's lock."""
    levels = {"lowest": LOWEST, "highest": HIGHEST, "highest_cube": HIGHEST_CUBE, "spot": SPOT}
    news_values = {"collection": layer.collection, "verb": layer.verb.value}
    moved = MOVED if isinstance(layer, Spec) and layer.mapped else ""
    statement = FOLD.format(counted=_counted(layer), moved=moved, news=news)
    cursor.execute(statement, {"layer": layer.layer, "most": most, **levels, **news_values})
    return cursor.fetchone()[0]


def _counted(layer: Spec | NewsSource) -> str:
    """Return the parts of the statement that count."""
    if isinstance(layer, NewsSource):
        return ""
    return f"{MAPPED if layer.mapped else ''} ledger as ({fold_sql(layer)}),"
