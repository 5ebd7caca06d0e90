"""Small tables in memory, a few hundred rows that nearly every answer asks for.

One short statement tells whether they are still those of the database. It sees every row that was
written since, by whatever path: a version of a row has a place and a transaction of its own.
"""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection

STATE = (
    "select count(*), max(xmin::text::bigint), sum(hashtext(ctid::text)){more} from ({rows}) as r"
)
Read = TypeVar("Read")


class Kept(Generic[Read]):
    """What `read` makes of these tables, made again when any of their rows has changed."""

    def __init__(self, read: Callable[[], Read], *tables: str) -> None:
        self.read = read
        self.rows = " union all ".join(f"select xmin, ctid from {table}" for table in tables)  # noqa: S608 - names of tables in our own code
        self.known: tuple[tuple, Read] | None = None
        self.lock = Lock()

    def now(self) -> Read:
        """Return it as it is now, in one query if nothing has changed."""
        return self.beside("")[0]

    def beside(self, more: str, given: Sequence[object] = ()) -> tuple[Read, tuple]:
        """Return the same, and what the SQL of further columns answers, in that one query."""
        with connection.cursor() as cursor:
            cursor.execute(STATE.format(more=more, rows=self.rows), given)
            found = cursor.fetchone()
        state, answers = found[:3], found[3:]
        with self.lock:
            if self.known is None or self.known[0] != state:
                self.known = (state, self.read())
            return self.known[1], answers
