"""Small tables cached in memory: a few hundred rows that nearly every response needs.

One short statement tells whether the database's rows are still the cached ones. It sees every write
by whatever path, since each version of a row has a place and a transaction of its own.
"""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection

STATE = (
    "select count(*), max(xmin::text::bigint), sum(hashtext(ctid::text)){more} from ({rows}) as r"
)
Cached = TypeVar("Cached")


class RowCache(Generic[Cached]):
    """The result of `read`, read again when any row of these tables has changed."""

    def __init__(self, read: Callable[[], Cached], *tables: str) -> None:
        self._read = read
        self._rows = " union all ".join(f"select xmin, ctid from {table}" for table in tables)  # noqa: S608 - names of tables in our own code
        self._cached: tuple[tuple, Cached] | None = None
        self._lock = Lock()

    def get(self) -> Cached:
        """Return the current value: one query where nothing has changed."""
        return self.get_with("")[0]

    def get_with(self, columns: str, values: Sequence[Any] = ()) -> tuple[Cached, tuple]:
        """Return the current value and the answers to further SQL columns, by the same query.

        `columns` begins with a comma; `values` are the parameters of its placeholders.
        """
        with connection.cursor() as cursor:
            cursor.execute(STATE.format(more=columns, rows=self._rows), values)
            found = cursor.fetchone()
        state, answers = found[:3], found[3:]
        with self._lock:
            if self._cached is None or self._cached[0] != state:
                self._cached = (state, self._read())
            return self._cached[1], answers
