"""Rows that match words: found once, then counted and listed in memory for tile, list and numbers.

An index finds the matches of words in no useful order, so that every tile would read tens of
thousands of scattered rows again. One page of the map asks a dozen tiles and the numbers of the
same words: the matches are read once for each state of the counts, as a few columns of numbers.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.db.models.functions import Coalesce

from pledges import word_bitmaps
from pledges.filters import CountedFilters
from pledges.pledging.models import Pledge

# Words that more rows match are not counted, in any list. To read 8,000 took 100 ms on a machine
# with other work, so that 50,000, which are 2 MB, stay well within STATEMENT_TIMEOUT_MS.
MOST_MATCHES = 50_000
CACHED = 48  # questions in memory of each process
COLUMNS = np.dtype(
    [("id", "i8"), ("morton", "i8"), ("facet", "i8"), ("show", "i8"), ("day", "datetime64[D]")]
)
OFF_MAP = -1

Pairs = dict[tuple[int, int], int]


@dataclass(frozen=True)
class Matches:
    """Rows of COLUMNS, one of what matches; `morton` is -1 where one is not on the map."""

    rows: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    def grouped(self) -> Pairs:
        """Return how many there are by facet code and by where they are shown."""
        return _pairs(self.rows["facet"], self.rows["show"])

    def cells(self, low: int, high: int, shift: int) -> Pairs:
        """Return those in a range of Morton codes by cell (code >> shift) and by facet code."""
        rows = self.rows[(self.rows["morton"] >= low) & (self.rows["morton"] < high)]
        return _pairs(rows["morton"] >> shift, rows["facet"])


def _pairs(first: np.ndarray, second: np.ndarray) -> Pairs:
    pairs, numbers = np.unique(np.column_stack([first, second]), axis=0, return_counts=True)
    return {(int(a), int(b)): int(n) for (a, b), n in zip(pairs, numbers, strict=True)}


def matches(filters: CountedFilters, version: int) -> Matches | None:
    """Return the public rows that pass; None where more than 50,000 match the words.

    `version` is the state of the counts: at the same one, the same words are not read again.
    """
    rows = read(searched(filters), version)
    if rows is None:
        return None
    passing = np.ones(len(rows), bool)
    if codes := filters.spec.codes(filters.facets):
        passing &= np.isin(rows["facet"], codes)
    if filters.since:
        passing &= rows["day"] >= np.datetime64(filters.since)
    if filters.until:
        passing &= rows["day"] <= np.datetime64(filters.until)
    return Matches(rows[passing])


def searched(filters: CountedFilters) -> CountedFilters:
    """Return what is read for the words: the rest is applied in memory, and is not in the limit."""
    return replace(filters.without_facets(), since=None, until=None, bbox=None)


def too_many(filters: CountedFilters, version: int) -> bool:
    """Whether more than 50,000 match the words; where bitmaps say, no row is read."""
    number = _by_bitmaps(searched(filters), version)
    return matches(filters, version) is None if number is None else number > MOST_MATCHES


def keys(filters: CountedFilters, version: int) -> np.ndarray | None:
    """Return the numbers of the public rows that pass.

    None where more than 50,000 match the words, if bitmaps do not hold them all the same.
    """
    if filters.model is Pledge and (found := word_bitmaps.keys(filters)) is not None:
        return found
    matching = matches(filters, version)
    return None if matching is None else matching.rows["id"]


@lru_cache(maxsize=CACHED)
def read(filters: CountedFilters, version: int) -> np.ndarray | None:
    """Read rows of COLUMNS; None where they are too many."""
    # To learn that they are too many, fifty thousand rows would be read in vain.
    if (_by_bitmaps(filters, version) or 0) > MOST_MATCHES:
        return None
    rows = filters.apply(filters.model.objects.public()).order_by()
    values = rows.values_list("id", Coalesce("morton", OFF_MAP), "facet", "show", "day")
    found = np.array(list(values[: MOST_MATCHES + 1]), COLUMNS)
    return found if len(found) <= MOST_MATCHES else None


def _by_bitmaps(filters: CountedFilters, version: int) -> int | None:
    """Return how many match; None where no bitmaps say, which there are of pledges alone."""
    return word_bitmaps.matching(filters, version) if filters.model is Pledge else None
