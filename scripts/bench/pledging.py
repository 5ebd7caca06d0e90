"""What writing a pledge costs with all that follows: indexes, words, queue, counts and ledger.

Pledges are copies of those there, marked as demo content, and are taken out again at the end;
until then the counts are those of a busy day.
"""

import io
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.http import QueryDict

from geo.ogcapi.export.formats import STREAMED_FORMATS
from geo.ogcapi.layers import published_layers
from geo.ogcapi.query import ItemsQuery
from pledges.counts.worker import fold_all
from pledges.pledging.models import Pledge, PledgeCounts
from scripts.bench.http_client import Timings
from scripts.bench.pgbench import Scripts

COPIED = (
    "text, theme_id, who, i_am, display_name, team, organisation_id, show, outcode, district_id,"
    " region_id, location, due, verified_at, confirmed_at"
)
FOLD_SECONDS = 0.5  # as the worker does
FULL = """\\set key random({low}, {high})
with made as (
    insert into pledges_pledge ({columns}, created_at, demo)
    select {columns}, now(), true from pledges_pledge where id = :key returning id
)
insert into pledges_pledgecounts (pledge_id, likes, joins) select id, 0, 0 from made;
"""
COPIES = """
with made as (
    insert into pledges_pledge ({columns}, created_at, demo)
    select {columns}, now(), true from pledges_pledge where id = any(%s) returning id
)
insert into pledges_pledgecounts (pledge_id, likes, joins) select id, 0, 0 from made
"""
PLAIN = """\\set key random({low}, {high})
insert into peers.plain (id, {columns}, created_at, demo, contactable, unlisted)
select nextval('peers.plain_key'), {columns}, now(), true, false, ''
from pledges_pledge where id = :key;
"""


def ends() -> tuple[int, int]:
    """Return the first and the last public pledge."""
    keys = Pledge.objects.public().order_by("pk").values_list("pk", flat=True)
    return keys[0], keys.reverse()[0]


def scripts() -> tuple[Scripts, Scripts]:
    """Return the scripts of an insert with all that follows, and into a plain table."""
    low, high = ends()
    with connection.cursor() as cursor:
        cursor.execute("create sequence if not exists peers.plain_key")
    values = {"low": low, "high": high, "columns": COPIED}
    return Scripts([FULL.format(**values)]), Scripts([PLAIN.format(**values)])


def export_statement(parameters: str) -> str:
    """Return the statement by which PostGIS writes an export with these parameters."""
    layer = published_layers()["pledges"]
    query = ItemsQuery.parse(layer, QueryDict(parameters))
    rows = query.filters.apply(layer.rows()).order_by(*layer.order)
    written = rows.annotate(
        written=STREAMED_FORMATS["geojson"].row(layer, "http://localhost", query)
    )
    statement, values = written.values_list("written").query.sql_with_params()
    with connection.cursor() as cursor:
        return cursor.mogrify(statement, values).decode()


class Nowhere(io.RawIOBase):
    """Takes what is written and counts it."""

    length = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.length += len(piece)
        return len(piece)


def copied(statement: str) -> Timings:
    """Time the database's own COPY of a statement."""
    start, sink = time.perf_counter(), Nowhere()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"copy ({statement}) to stdout", sink)
    return Timings([(time.perf_counter() - start) * 1000], [sink.length])


class Folding(threading.Thread):
    """The worker's loop, on a connection of its own, until `stop`."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.folded = 0

    def run(self) -> None:
        while not self.ended.is_set():
            while moved := fold_all():
                self.folded += moved
            self.ended.wait(FOLD_SECONDS)
        connection.close()

    def stop(self) -> None:
        self.ended.set()
        self.join()


@contextmanager
def folding() -> Iterator[Folding]:
    """Keep the counts while the block runs, and to the last change at its end."""
    thread = Folding()
    thread.start()
    try:
        yield thread
    finally:
        thread.stop()
        while fold_all():
            pass


def arrive(number: int) -> None:
    """Copy so many pledges, of anywhere in the country, and count them."""
    low, high = ends()
    with connection.cursor() as cursor:
        cursor.execute(COPIES.format(columns=COPIED), [random.sample(range(low, high + 1), number)])
    while fold_all():
        pass


@contextmanager
def arriving(number: int) -> Iterator[None]:
    """Let so many pledges arrive a second, in as many pieces as there are folds."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(FOLD_SECONDS):
            arrive(round(number * FOLD_SECONDS))
        connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@contextmanager
def taken_out_again() -> Iterator[None]:
    """Take out the pledges that the block makes, and let the counts follow."""
    newest = Pledge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        yield
    finally:
        PledgeCounts.objects.filter(pledge_id__gt=newest)._raw_delete("default")
        Pledge.objects.filter(pk__gt=newest)._raw_delete("default")
        while fold_all():
            pass
