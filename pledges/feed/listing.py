"""A list of what people write, a page at a time by keyset: which rows, in which orders.

Two ways lead to a page. Where many rows pass, the order's own index is scanned, and those met that
pass are taken. Where few pass, or a window of the index holds too few of them, all that pass are
gathered and sorted. PostgreSQL takes filters to be independent of each other and of likes, and
would scan through millions for the first of a few; the counts tell which way is short.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import ClassVar, Generic, TypeVar

import numpy as np
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.core import keyset
from geo.core.functions import AnyOf
from geo.core.keyset import Cursor, Page
from pledges.feed import search
from pledges.feed.export import FeedEntry, FeedHead
from pledges.feed.index_scan import first_passing
from pledges.feed.sorting import ALL, SortKey, SortOrder
from pledges.filters import CountedFilters

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Slice:
    """The first `limit` rows that pass in an order, from the cursor on.

    `total` is how many pass, None for more than are counted.
    """

    sort: str
    filters: CountedFilters
    limit: int
    total: int | None = None
    cursor: Cursor | None = None


class Listing(Generic[Row]):
    """Base of the lists; what an app lists is one instance of a class of its own.

    `counts` is a module with `count(filters)`, `summary(filters)` and `version()`. `facets` holds
    the names of each facet's values, of all but the themes that `themes()` answers.
    """

    name: ClassVar[str]
    filters: ClassVar[type[CountedFilters]]
    orders: ClassVar[Mapping[str, SortOrder]]
    counts: ClassVar[ModuleType]
    themes: ClassVar[Callable[[], QuerySet]]
    facets: ClassVar[Mapping[str, Mapping[str, str | Promise]]]
    serializer: ClassVar[type[GeoFeatureModelSerializer]]
    feed_head: ClassVar[FeedHead]

    gather_most = 10_000  # rows that are gathered at once, and then sorted
    scan_most = 20_000  # entries of an index, before what passes is gathered instead

    def public(self) -> QuerySet:
        return self.filters.model.objects.public()

    def feed_entry(self, row: Row) -> FeedEntry:
        """Return what the Atom feed says of a row."""
        raise NotImplementedError

    def page(
        self,
        sort: str,
        filters: CountedFilters,
        limit: int,
        total: int | None = None,
        word: str = "",
        rows: QuerySet | None = None,
    ) -> Page[Row]:
        """Return a page of rows: see `key_page`."""
        found = self.key_page(sort, filters, limit, total, word, rows)
        return replace(found, items=self.in_order(found.items))

    def key_page(
        self,
        sort: str,
        filters: CountedFilters,
        limit: int,
        total: int | None = None,
        word: str = "",
        rows: QuerySet | None = None,
    ) -> Page[int]:
        """Return the numbers of `limit` public rows that pass, from the cursor `word` on.

        `total` is how many pass, None for more than are counted; `rows` may narrow them further.
        """
        order = self.orders[sort]

        def fetch(cursor: Cursor | None, n: int) -> list[SortKey]:
            if rows is None:
                return self.first(Slice(sort, filters, n, total, cursor))
            return list(order.scan(filters.of_moments(filters.apply(rows)), cursor)[:n])

        scope = f"{self.name}:{sort}"
        found = keyset.paginate(fetch, limit, word, scope, tuple, two_way=order.two_way)
        return replace(found, items=[key for _, key in found.items])

    def in_order(self, keys: Sequence[int]) -> list[Row]:
        """Return rows with what a list shows of each; one hidden meanwhile is left out."""
        found = self.public().with_everything().in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def first(self, part: Slice) -> list[SortKey]:
        """Return what the rows of a slice are sorted by and their numbers, in order."""
        found = self.by_own_index(part)
        if found is not None:
            return found
        order, filters, limit = self.orders[part.sort], part.filters, part.limit
        if filters.q and not (filters.bbox or filters.also):
            keys = search.keys(filters, self.counts.version())
            if keys is not None:
                return self._first_of_keys(part, keys)
        passing = filters.by_moment(self.public()).order_by()
        if self.many(part) and order.holds_filters:
            return self._scan_to_the_end(part, passing)
        if self.many(part):
            window = self.window(limit, filters, part.total)
            keys = first_passing(order.scan(order.rows(), part.cursor)[:window], passing, limit)
            if len(keys) == limit:
                return keys
        return order.gather_keys(passing.values("pk"), part.cursor, limit)

    def by_own_index(self, part: Slice) -> list[SortKey] | None:
        """Answer as `first` does where an index of this list holds what is filtered by."""
        raise NotImplementedError

    def many(self, part: Slice) -> bool:
        """Whether more pass than are gathered at once."""
        return part.total is None or part.total > self.gather_most

    def window(self, limit: int, filters: CountedFilters, total: int | None) -> int:
        """Return how much of an index to scan: three times what should hold `limit` that pass."""
        everything = self.counts.count(self.filters()) or 0
        if total is None:  # more have the words than are counted: about so many pass the rest too
            others = self.counts.count(replace(filters, q="")) or 0
            total = search.MOST_MATCHES * others // max(1, everything)
        return min(self.scan_most, 3 * limit * max(1, everything // max(1, total)))

    def _scan_to_the_end(self, part: Slice, passing: QuerySet) -> list[SortKey]:
        order, filters = self.orders[part.sort], part.filters
        scanned = order.scan(replace(filters, q="").apply(order.rows()), part.cursor)
        if not filters.q:
            return list(scanned[: part.limit])
        # Words are in the rows alone: of these only those are read that pass all else.
        return first_passing(scanned[:ALL], passing, part.limit)

    def _first_of_keys(self, part: Slice, keys: np.ndarray) -> list[SortKey]:
        """Sort rows whose numbers are known: by scanning the order's index where they are many."""
        order, limit = self.orders[part.sort], part.limit
        if len(keys) <= self.gather_most:
            rows = order.rows().filter(AnyOf(order.key, keys.tolist()))
            return order.gather(rows, part.cursor, limit)
        size = self.window(limit, part.filters, len(keys))
        while True:
            scanned = list(order.scan(order.rows(), part.cursor)[:size])
            passing = np.isin([key for _, key in scanned], keys)
            found = [entry for entry, passes in zip(scanned, passing, strict=True) if passes]
            if len(found) >= limit or len(scanned) < size:
                return found[:limit]
            size *= 8
