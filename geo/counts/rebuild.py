"""Count layers afresh: after a bulk load, or to check and repair what the folds have stored.

Everything runs in one REPEATABLE READ transaction. Its snapshot sees a queue row exactly when it
sees the change that queued it, so that rows seen are in the fresh counts and are taken out of the
queue, and rows not seen stay in the queue for the next fold.

A rebuild writes its counts into tables beside those that are read, builds their indexes at once,
and swaps them in at the end: until then nobody waits, and sees the counts of before.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from django.db import connection, transaction

from geo.counts import facts
from geo.counts.facts import CELL, CUBE, LEDGER, Facts, Piece, Table
from geo.counts.fold import PASSED_ON, fold_now
from geo.counts.models import Cell, Cube, Fold, Ledger
from geo.counts.queue import lock_key
from geo.counts.spec import MOST_PARTS, Spec
from geo.loaders import binary_copy

EVERYTHING = 2**31
ALL = {LEDGER: Ledger, CELL: Cell, CUBE: Cube}
SLICE = 100_000  # rows sent to COPY at once
EVERY = 5  # seconds from one word about the progress to the next
INDEXES = 0.3  # of the whole work
Say = Callable[[str], None]


def _silent(words: str) -> None:
    """Say nothing."""


@dataclass
class Progress:
    """Says every few seconds what is done and how long the rest will take; `total` is the work."""

    say: Say
    total: float
    done: float = 0
    began: float = field(default_factory=time.monotonic)
    said: float = field(default_factory=time.monotonic)

    def add(self, work: float, what: str) -> None:
        self.done += work
        now = time.monotonic()
        if now - self.said >= EVERY and self.done:
            share = min(self.done / self.total, 1)
            left = (now - self.began) * (1 - share) / share
            self.say(f"{what}: {share:.0%} done, about {left:.0f} s left")
            self.said = now


def rebuild(specs: Sequence[Spec], say: Say = _silent) -> None:
    """Replace all counts of the layers by fresh ones, and empty their queues of what they hold."""
    used = [table for table in ALL if any(table in facts.tables(spec) for spec in specs)]
    layers = [spec.layer for spec in specs]
    with _alone(_all_layers(specs)) as cursor:
        _exclude_writers(cursor, used)
        progress = Progress(say, sum(_work(cursor, specs)) / (1 - INDEXES))
        twins = {table: binary_copy.make_twin(cursor, table.name) for table in used}
        for spec in specs:
            say(f"counting {spec.name}")
            rows = _read(cursor, spec, progress)
            for table in facts.tables(spec):
                _write(twins[table], spec, table, rows, progress)
        for table, name in twins.items():
            columns = ", ".join(table.columns)
            cursor.execute(
                f"insert into {name} ({columns}) select {columns} from {table.name}"
                " where layer <> all(%s)",
                [layers],
            )
            binary_copy.index_twin(cursor, table.name)
            progress.add(progress.total * INDEXES / len(twins), f"index of {table.name}")
        for spec in specs:
            taken = "taken as (delete from geo_change where layer = %(layer)s returning *)"
            cursor.execute(f"with {taken}, {PASSED_ON} select from notified", {"layer": spec.layer})
            _new_version(cursor, spec)
        say("putting the new counts in the place of the old")
        for table in used:
            binary_copy.swap_twin(cursor, table.name)


def differences(spec: Spec, repair: bool = False, say: Say = _silent) -> dict[str, int]:
    """Return how many counts of each table differ from the rows; with `repair`, mend them."""
    found = {}
    with _alone([spec.layer]) as cursor:
        # What is still queued is no difference: the snapshot's rows hold it already.
        fold_now(cursor, spec, EVERYTHING)
        progress = Progress(say, sum(_work(cursor, [spec])))
        rows = _read(cursor, spec, progress)
        for table in facts.tables(spec):
            found[table.name] = sum(
                _compared(cursor, spec, table, piece, bounds, repair)
                for piece, bounds in _with_bounds(table, _followed(rows, table, progress))
            )
        if repair and any(found.values()):
            _new_version(cursor, spec)
    return found


def _all_layers(specs: Sequence[Spec]) -> list[int]:
    """The layers given and all others: their folds would write to tables that are swapped."""
    return sorted(
        {spec.layer for spec in specs} | set(Fold.objects.values_list("layer", flat=True))
    )


@contextmanager
def _alone(layers: Sequence[int]) -> Iterator:
    """Hold the layers' locks, taken before the snapshot: a fold between them would be lost."""
    with connection.cursor() as cursor:
        held: list[int] = []
        try:
            for layer in layers:
                cursor.execute("select pg_advisory_lock(%s)", [lock_key(layer)])
                held.append(layer)
            with transaction.atomic():
                cursor.execute("set transaction isolation level repeatable read")
                cursor.execute("set local work_mem = '128MB'")
                yield cursor
        finally:
            for layer in held:
                cursor.execute("select pg_advisory_unlock(%s)", [lock_key(layer)])


def _exclude_writers(cursor, tables: Sequence[Table]) -> None:
    """Keep from the tables whoever writes to them without a layer's lock. Readers go on."""
    for table in tables:
        cursor.execute(f"lock table {table.name} in share row exclusive mode")


def _work(cursor, specs: Sequence[Spec]) -> Iterator[float]:
    """Yield the work of each layer: rows as the planner expects them, to read and a table."""
    for spec in specs:
        cursor.execute(f"explain (format json) {spec.facts}")
        yield cursor.fetchone()[0][0]["Plan"]["Plan Rows"] * (1 + len(facts.tables(spec)))


def _read(cursor, spec: Spec, progress: Progress) -> Facts:
    rows = Facts(cursor, spec)
    progress.add(len(rows), f"{spec.name}, {len(rows):,} rows")
    return rows


def _ahead(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield the pieces, and count the next one while the database is busy with the last."""
    with ThreadPoolExecutor(1) as thread:
        following = thread.submit(next, pieces, None)
        while piece := following.result():
            following = thread.submit(next, pieces, None)
            yield piece


def _followed(rows: Facts, table: Table, progress: Progress) -> Iterator[Piece]:
    """Yield the pieces of a table, and say how far it is."""
    number = facts.PIECES[table]
    for piece in _ahead(rows.pieces(table)):
        yield piece
        progress.add(len(rows) / number, f"{rows.spec.name}, {table.name}")


def _write(name: str, spec: Spec, table: Table, rows: Facts, progress: Progress) -> None:
    """Send a layer's counts to a table."""
    binary_copy.copy(
        name, list(table.columns), binary_copy.Chunks(_bytes(spec, table, rows, progress))
    )


def _bytes(spec: Spec, table: Table, rows: Facts, progress: Progress) -> Iterator[bytes]:
    yield binary_copy.HEADER
    for piece in _followed(rows, table, progress):
        for first in range(0, len(piece.columns[0]), SLICE):
            columns = [column[first : first + SLICE] for column in piece.columns]
            yield _rows(spec, table, columns)
    yield binary_copy.TRAILER


def _rows(spec: Spec, table: Table, columns: list[np.ndarray]) -> bytes:
    layer = np.full(len(columns[0]), spec.layer, np.int16)
    return binary_copy.whole_numbers([layer, *columns], ["i2", *table.types])


def _with_bounds(table: Table, pieces: Iterator[Piece]) -> Iterator[tuple[Piece, str]]:
    """Yield each piece with the condition of its part of the table: together they are all of it."""
    condition, last = "", None
    for piece in pieces:
        names, values = ", ".join(table.key[: len(piece.start)]), ", ".join(map(str, piece.start))
        if last:
            yield last, f"{condition} and ({names}) < ({values})"
            condition = f" and ({names}) >= ({values})"
        last = piece
    if last:
        yield last, condition


def _compared(cursor, spec: Spec, table: Table, piece: Piece, condition: str, repair: bool) -> int:
    """Return how many stored counts of a piece's part of the table differ from the piece."""
    stored, fresh = _stored(cursor, spec, table, condition), piece.columns
    if len(stored[0]) == len(fresh[0]) and all(map(np.array_equal, stored, fresh)):
        return 0
    to_write, to_remove = _differing(fresh, stored, len(table.key))
    if repair:
        _mend(cursor, spec, table, [c[to_write] for c in fresh], [c[to_remove] for c in stored])
    return len(to_write) + len(to_remove)


def _stored(cursor, spec: Spec, table: Table, condition: str) -> list[np.ndarray]:
    """Read the counts that are not zero, in the order of keys. An array comes as its numbers."""
    columns, types = [*table.key, *table.counts], [*table.types]
    if "parts" in columns:
        columns[-1:] = [f"coalesce(parts[{part}], 0)" for part in range(1, MOST_PARTS + 1)]
        types[-1:] = ["i4"] * MOST_PARTS
    found = binary_copy.read(
        cursor,
        f"select {', '.join(columns)} from {table.name} where layer = {spec.layer} and n <> 0"
        f"{condition} order by layer, {', '.join(table.key)}",
        types,
    )
    plain = len(table.types) - 1
    return [*found[:plain], np.stack(found[plain:], axis=1)] if len(found) > plain + 1 else found


def _differing(
    fresh: list[np.ndarray], stored: list[np.ndarray], keys: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of fresh rows that are not stored so, and of stored ones without a row."""
    both = [np.concatenate(pair) for pair in zip(fresh, stored, strict=True)]
    is_stored = np.arange(len(both[0])) >= len(fresh[0])
    order = np.lexsort([is_stored, *both[keys - 1 :: -1]])
    ordered = [column[order] for column in both]
    paired = np.logical_and.reduce([c[1:] == c[:-1] for c in ordered[:keys]])
    equal = paired.copy()
    for column in ordered[keys:]:
        same = column[1:] == column[:-1]
        equal &= same if same.ndim == 1 else same.all(axis=1)
    # Of each pair the fresh row comes first.
    as_stored = np.append(equal, False)
    has_fresh = np.insert(paired, 0, False)
    to_write = order[~is_stored[order] & ~as_stored]
    to_remove = order[is_stored[order] & ~has_fresh] - len(fresh[0])
    return to_write, to_remove


def _mend(
    cursor, spec: Spec, table: Table, fresh: list[np.ndarray], superfluous: list[np.ndarray]
) -> None:
    """Write fresh rows over the stored ones, and remove those that there should not be."""
    key = ("layer", *table.key)
    names = ", ".join(table.columns)
    for rows, statement in (
        (
            superfluous,
            f"delete from {table.name} as stored using mended where "
            + " and ".join(f"stored.{column} = mended.{column}" for column in key),
        ),
        (
            fresh,
            f"insert into {table.name} ({names}) select {names} from mended"
            f" on conflict ({', '.join(key)}) do update set "
            + ", ".join(f"{column} = excluded.{column}" for column in table.counts),
        ),
    ):
        cursor.execute(f"create temp table mended (like {table.name}) on commit drop")
        content = [binary_copy.HEADER, _rows(spec, table, rows), binary_copy.TRAILER]
        binary_copy.copy("mended", list(table.columns), binary_copy.Chunks(content))
        cursor.execute(statement)
        cursor.execute("drop table mended")


def _new_version(cursor, spec: Spec) -> None:
    cursor.execute(
        "insert into geo_fold as stored (layer, version, folded_at) values (%s, 1, now())"
        " on conflict (layer) do update set version = stored.version + 1, folded_at = now()",
        [spec.layer],
    )
