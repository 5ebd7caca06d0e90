"""Time spent in the database with nothing cached, and tables of such figures."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.core.cache import caches
from django.db import connection

from geo.tiles.views import encoded
from hubs.conversation import totals as posts
from pledges import word_bitmaps
from pledges.counts import totals
from pledges.feed import search


class Stopwatch:
    """Adds up the milliseconds that statements take while `running`, and keeps the longest."""

    def __init__(self) -> None:
        self.milliseconds = self.longest = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        self.milliseconds = self.longest = 0.0
        with connection.execute_wrapper(self._time):
            yield

    def _time(self, execute: Callable, *arguments: object) -> object:
        start = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            took = (time.perf_counter() - start) * 1000
            self.milliseconds += took
            self.longest = max(self.longest, took)


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which so large a share of the values lies; 0.5 is the median."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def table(heading: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table, the first column to the left and the others to the right."""
    lines = [[str(cell) for cell in row] for row in (heading, *rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heading))]
    for line in lines:
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  ".join(cells), flush=True)


def clear_caches() -> None:
    """Forget every answer that is kept for the present state of the counts."""
    for cached in (
        encoded,
        totals._in_box,
        search.read,
        word_bitmaps.passing,
        word_bitmaps.numbers,
    ):
        cached.cache_clear()
    posts._matching.cache_clear()
    for cache in caches.all():
        cache.clear()
