"""Orders of lists, each of which an index holds, read a page at a time by keyset."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import DateTimeField, ExpressionWrapper, F, QuerySet

from geo.core import keyset
from geo.core.keyset import Cursor

NEWEST, BEST, NEAREST = "newest", "best", "nearest"
# A limit that is never reached keeps PostgreSQL from turning what is gathered into a scan of the
# order's index.
ALL = 100_000_000
SortKey = tuple[int | datetime.datetime, int]  # what a row is sorted by, and its number


@dataclass(frozen=True)
class SortOrder:
    """Rows by `column` and then by `key`, the highest first unless it is `rising`.

    `rows()` are all that the order's index holds, and `key` is the number of the row listed. Pages
    of a `two_way` order lead back too. `holds_filters`: the index holds what is filtered by, so
    that even a long scan reads nothing else.
    """

    rows: Callable[[], QuerySet]
    column: str
    key: str = "id"
    rising: bool = False
    two_way: bool = False
    holds_filters: bool = False

    def scan(self, rows: QuerySet, cursor: Cursor | None) -> QuerySet:
        """Return the keys of these rows in order, from the cursor on."""
        return self._by(rows, self.column, cursor)

    def gather(self, rows: QuerySet, cursor: Cursor | None, limit: int) -> list[SortKey]:
        """Read all these rows, and sort them."""
        nothing = (
            ExpressionWrapper(F(self.column) + datetime.timedelta(), DateTimeField())
            if isinstance(rows.model._meta.get_field(self.column), DateTimeField)
            else F(self.column) + 0
        )
        # Plus nothing, so that no index can be scanned in this order.
        rows = rows.annotate(sorted_by=nothing)
        return list(self._by(rows, "sorted_by", cursor)[:limit])

    def gather_keys(self, keys: QuerySet, cursor: Cursor | None, limit: int) -> list[SortKey]:
        """Read all the order's rows of these numbers, which are a query, and sort them."""
        return self.gather(self.rows().filter(**{f"{self.key}__in": keys[:ALL]}), cursor, limit)

    def _by(self, rows: QuerySet, column: str, cursor: Cursor | None) -> QuerySet:
        sign = "" if self.rising else "-"
        rows = keyset.ordered(rows, (f"{sign}{column}", f"{sign}{self.key}"), cursor)
        return rows.values_list(column, self.key)
