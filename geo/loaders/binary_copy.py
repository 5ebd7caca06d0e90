"""PostgreSQL's binary COPY, written from numpy columns, and a whole table changed for another."""

import contextlib
import struct
from collections.abc import Iterator
from typing import Protocol

import numpy as np
from django.db import connection, models

from geo.core.timeouts import local_settings

HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
TRAILER = struct.pack(">h", -1)

# A point as PostGIS writes it: little-endian EWKB with the flag for "an SRID follows".
EWKB_POINT = 0x20000001
POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("srid", "<u4"), ("x", "<f8"), ("y", "<f8")])


class Readable(Protocol):
    def read(self, size: int = -1) -> bytes: ...


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


def copy(table: str, columns: list[str], stream: Readable) -> None:
    """Send a binary COPY stream to a table made in this same transaction (hence FREEZE)."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {connection.ops.quote_name(table)} ({names})"
            " FROM STDIN WITH (FORMAT binary, FREEZE)",
            stream,
        )


@contextlib.contextmanager
def replacement(model: type[models.Model]) -> Iterator[str]:
    """Yield the name of an empty twin of the model's table; it takes the table's place at the end.

    Readers see the old rows until the commit, and are kept waiting only while names change hands:
    indexes are built on the twin before. Fit for tables that no foreign key points at. Whatever
    goes wrong, the old table stays.
    """
    quote = connection.ops.quote_name
    table = model._meta.db_table
    twin = f"{table}_twin"
    with local_settings({"maintenance_work_mem": "256MB"}), connection.cursor() as cursor:
        # Conflicts with itself alone: a second load waits, readers and writers do not.
        cursor.execute(f"LOCK TABLE {quote(table)} IN SHARE UPDATE EXCLUSIVE MODE")
        cursor.execute(f"CREATE TABLE {quote(twin)} (LIKE {quote(table)} INCLUDING DEFAULTS)")
        yield twin
        key = _index_twin(cursor, table, twin)
        cursor.execute(f"ANALYZE {quote(twin)}")
        cursor.execute(f"DROP TABLE {quote(table)}")
        cursor.execute(f"ALTER TABLE {quote(twin)} RENAME TO {quote(table)}")
        # Migrations find indexes and the key by their names, so the twin's take the old names.
        cursor.execute(
            "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass",
            [table],
        )
        for (name,) in cursor.fetchall():
            old = name.removesuffix("_twin")
            cursor.execute(f"ALTER INDEX {quote(name)} RENAME TO {quote(old)}")
        cursor.execute(
            f"ALTER TABLE {quote(table)} ADD CONSTRAINT {quote(key)}"
            f" PRIMARY KEY USING INDEX {quote(key)}"
        )


def _index_twin(cursor, table: str, twin: str) -> str:
    """Build the table's indexes on the twin, their names ending `_twin`; return the key's name."""
    cursor.execute(
        "SELECT relname, indisprimary, pg_get_indexdef(indexrelid) FROM pg_index"
        " JOIN pg_class ON pg_class.oid = indexrelid WHERE indrelid = %s::regclass",
        [table],
    )
    key = ""
    for name, primary, definition in cursor.fetchall():
        key = name if primary else key
        made = definition.replace(f"INDEX {name} ", f"INDEX {name}_twin ", 1)
        cursor.execute(made.replace(f".{table} ", f".{twin} ", 1))
    return key
