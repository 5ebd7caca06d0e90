"""PostgreSQL's binary COPY, written from numpy columns, and a whole table changed for another."""

import contextlib
import io
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from geo.core.timeouts import local_settings

HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
TRAILER = struct.pack(">h", -1)
INT4 = 23  # the number of the type

# A point as PostGIS writes it: little-endian EWKB with the flag for "an SRID follows".
EWKB_POINT = 0x20000001
POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("srid", "<u4"), ("x", "<f8"), ("y", "<f8")])


class Readable(Protocol):
    def read(self, size: int = -1) -> bytes: ...


class Chunks:
    """A readable stream over byte strings that are made only when they are asked for."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._rest = memoryview(chunk)
        size = len(self._rest) if size < 0 else size
        part, self._rest = self._rest[:size], self._rest[size:]
        return part.tobytes()


def points(longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """EWKB points (SRID 4326) from columns of degrees."""
    made = np.empty(len(longitude), POINT)
    made["order"], made["kind"], made["srid"] = 1, EWKB_POINT, 4326
    made["x"], made["y"] = longitude, latitude
    return made


def rows(*columns: np.ndarray) -> Iterator[bytes]:
    """Yield binary COPY tuples for columns of equal length: byte strings, points or booleans.

    A tuple's fields carry their lengths, so rows whose texts are equally long share one layout.
    """
    lengths = [_lengths(column) for column in columns]
    layout_of = sum(length.astype(np.int64) << 8 * place for place, length in enumerate(lengths))
    for layout_key in np.unique(layout_of):
        chosen = layout_of == layout_key
        first = int(np.argmax(chosen))
        layout: list[tuple[str, object]] = [("fields", ">i2")]
        for place, (column, length) in enumerate(zip(columns, lengths, strict=True)):
            text = column.dtype.kind == "S"
            layout.append((f"length{place}", ">i4"))
            layout.append((f"value{place}", f"S{length[first]}" if text else column.dtype))
        packed = np.empty(int(chosen.sum()), np.dtype(layout))
        packed["fields"] = len(columns)
        for place, column in enumerate(columns):
            packed[f"length{place}"] = packed.dtype[f"value{place}"].itemsize
            packed[f"value{place}"] = column[chosen]
        yield packed.tobytes()


def _lengths(column: np.ndarray) -> np.ndarray:
    """Bytes of each text (below 256); 0 for a column whose values are all of one size."""
    if column.dtype.kind == "S":
        return np.char.str_len(column)
    return np.zeros(len(column), np.int64)


def whole_numbers(columns: Sequence[np.ndarray], types: Sequence[str]) -> bytes:
    """Return binary COPY tuples for columns of whole numbers, none of them null.

    `types` are those of numpy: i2, i4, i8 or, for arrays of twelve integers, a row each, 12i4.
    """
    layout = _layout(types)
    made = np.zeros(len(columns[0]), layout)
    made["fields"] = len(types)
    for place, column in enumerate(columns):
        value = made[f"value{place}"]
        made[f"length{place}"] = value.dtype.itemsize
        if value.dtype.names is None:
            made[f"value{place}"] = column
        else:
            value["dimensions"], value["type"], value["lower"] = 1, INT4, 1
            value["length"], value["items"]["length"] = value["items"].shape[1], 4
            value["items"]["value"] = column
    return made.tobytes()


def _layout(types: Sequence[str]) -> np.dtype:
    """Return how COPY writes a row of whole numbers."""
    layout: list[tuple] = [("fields", ">i2")]
    for place, kind in enumerate(types):
        array = [
            *((name, ">i4") for name in ("dimensions", "nulls", "type", "length", "lower")),
            ("items", [("length", ">i4"), ("value", ">i4")], int(kind[:-2] or 1)),
        ]
        value = f">{kind}" if kind in ("i2", "i4", "i8") else array
        layout += [(f"length{place}", ">i4"), (f"value{place}", value)]
    return np.dtype(layout)


def read(cursor: CursorWrapper, query: str, types: Sequence[str]) -> list[np.ndarray]:
    """Return the columns of a query's rows: whole numbers i2, i4 or i8, none of them null."""
    stream = io.BytesIO()
    cursor.copy_expert(f"COPY ({query}) TO STDOUT WITH (FORMAT binary)", stream)
    content = stream.getbuffer()[len(HEADER) : stream.tell() - len(TRAILER)]
    found = np.frombuffer(content, _layout(types))
    return [found[f"value{place}"].astype(kind) for place, kind in enumerate(types)]


def copy(table: str, columns: list[str], stream: Readable, *, new: bool = True) -> None:
    """Send a binary COPY stream to a table; a `new` one was made in this same transaction."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {connection.ops.quote_name(table)} ({names})"
            f" FROM STDIN WITH (FORMAT binary{', FREEZE' if new else ''})",
            stream,
            size=1 << 20,
        )


@contextlib.contextmanager
def replacement(model: type[models.Model]) -> Iterator[str]:
    """Yield the name of an empty twin of the model's table; it takes the table's place at the end.

    Readers see the old rows until the commit, and are kept waiting only while names change hands:
    indexes are built on the twin before. Fit for tables that no foreign key points at. Whatever
    goes wrong, the old table stays.
    """
    table = model._meta.db_table
    with local_settings({"maintenance_work_mem": "256MB"}), connection.cursor() as cursor:
        # Conflicts with itself alone: a second load waits, readers and writers do not.
        cursor.execute(f"LOCK TABLE {quote(table)} IN SHARE UPDATE EXCLUSIVE MODE")
        yield make_twin(cursor, table)
        index_twin(cursor, table)
        swap_twin(cursor, table)


def make_twin(cursor: CursorWrapper, table: str) -> str:
    """Make an empty table like this one, without indexes; return its name."""
    cursor.execute(f"CREATE TABLE {quote(_twin(table))} (LIKE {quote(table)} INCLUDING DEFAULTS)")
    return _twin(table)


def index_twin(cursor: CursorWrapper, table: str) -> None:
    """Build the table's indexes on its twin, their names ending `_twin`."""
    for name, _primary, definition in _indexes(cursor, table):
        made = definition.replace(f"INDEX {name} ", f"INDEX {_twin(name)} ", 1)
        cursor.execute(made.replace(f".{table} ", f".{_twin(table)} ", 1))
    cursor.execute(f"ANALYZE {quote(_twin(table))}")


def swap_twin(cursor: CursorWrapper, table: str) -> None:
    """Put the twin in the table's place: readers wait from here to the commit."""
    twin = _twin(table)
    # Migrations find indexes and the key by their names, so the twin's take the old names.
    names = [(name, primary) for name, primary, _definition in _indexes(cursor, table)]
    cursor.execute(f"DROP TABLE {quote(table)}")
    cursor.execute(f"ALTER TABLE {quote(twin)} RENAME TO {quote(table)}")
    for name, primary in names:
        cursor.execute(f"ALTER INDEX {quote(_twin(name))} RENAME TO {quote(name)}")
        if primary:
            cursor.execute(
                f"ALTER TABLE {quote(table)} ADD CONSTRAINT {quote(name)}"
                f" PRIMARY KEY USING INDEX {quote(name)}"
            )


def quote(name: str) -> str:
    return connection.ops.quote_name(name)


def _twin(name: str) -> str:
    return f"{name}_twin"


def _indexes(cursor: CursorWrapper, table: str) -> list[tuple[str, bool, str]]:
    """Return name, whether it is the key's, and definition of each index of the table."""
    cursor.execute(
        "SELECT relname, indisprimary, pg_get_indexdef(indexrelid) FROM pg_index"
        " JOIN pg_class ON pg_class.oid = indexrelid WHERE indrelid = %s::regclass",
        [table],
    )
    return cursor.fetchall()
