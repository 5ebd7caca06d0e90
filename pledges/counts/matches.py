"""Pledges that match words: found once, then counted in memory for tile, list and numbers.

An index finds the matches of words in no useful order, so that every tile would read tens of
thousands of scattered rows again. One page of the map asks a dozen tiles and the numbers of the
same words: the matches are read once for each state of the counts, as a few columns of numbers.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.db.models.functions import Coalesce

from pledges import word_bitmaps
from pledges.filters import PledgeFilters
from pledges.pledging.models import SPEC, Pledge

MOST_MATCHES = 50_000  # words that more pledges match are not counted
KEPT = 32  # questions kept in memory by each process; one is 2 MB at the most
COLUMNS = np.dtype(
    [("id", "i8"), ("morton", "i8"), ("facet", "i8"), ("show", "i8"), ("day", "datetime64[D]")]
)
OFF_MAP = -1

Pairs = dict[tuple[int, int], int]


@dataclass(frozen=True)
class Matches:
    """Rows of COLUMNS, one a pledge; `morton` is -1 where a pledge is not on the map."""

    rows: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)

    def grouped(self) -> Pairs:
        """Return the pledges by facet code and by where they are shown."""
        return _pairs(self.rows["facet"], self.rows["show"])

    def cells(self, low: int, high: int, shift: int) -> Pairs:
        """Return those in a range of Morton codes by cell (code >> shift) and by facet code."""
        rows = self.rows[(self.rows["morton"] >= low) & (self.rows["morton"] < high)]
        return _pairs(rows["morton"] >> shift, rows["facet"])


def _pairs(first: np.ndarray, second: np.ndarray) -> Pairs:
    pairs, numbers = np.unique(np.column_stack([first, second]), axis=0, return_counts=True)
    return {(int(a), int(b)): int(n) for (a, b), n in zip(pairs, numbers, strict=True)}


def matches(filters: PledgeFilters, version: int) -> Matches | None:
    """Return the public pledges that pass; None where more than 50,000 match the words.

    `version` is the state of the counts: at the same one, the same words are not read again.
    """
    rows = _found(searched(filters), version)
    if rows is None:
        return None
    passing = np.ones(len(rows), bool)
    if codes := SPEC.codes(filters.facets):
        passing &= np.isin(rows["facet"], codes)
    if filters.since:
        passing &= rows["day"] >= np.datetime64(filters.since)
    if filters.until:
        passing &= rows["day"] <= np.datetime64(filters.until)
    return Matches(rows[passing])


def searched(filters: PledgeFilters) -> PledgeFilters:
    """Return what is read for the words: the rest is applied in memory, and is not in the limit."""
    return replace(filters.without_facets(), since=None, until=None, bbox=None)


def too_many(filters: PledgeFilters, version: int) -> bool:
    """Whether more than 50,000 match the words; where bits tell, no pledge is read."""
    number = word_bitmaps.matching(searched(filters), version)
    if number is None:
        return matches(filters, version) is None
    return number > MOST_MATCHES


def keys(filters: PledgeFilters, version: int) -> np.ndarray | None:
    """Return the numbers of the public pledges that pass.

    None where more than 50,000 match the words, if bits do not tell them all the same.
    """
    if (told := word_bitmaps.keys(filters)) is not None:
        return told
    found = matches(filters, version)
    return None if found is None else found.rows["id"]


@lru_cache(maxsize=KEPT)
def _found(filters: PledgeFilters, version: int) -> np.ndarray | None:
    # To learn that they are too many, fifty thousand rows would be read in vain.
    if (word_bitmaps.matching(filters, version) or 0) > MOST_MATCHES:
        return None
    rows = filters.apply(Pledge.objects.public()).order_by()
    values = rows.values_list("id", Coalesce("morton", OFF_MAP), "facet", "show", "day")
    found = np.array(list(values[: MOST_MATCHES + 1]), COLUMNS)
    return found if len(found) <= MOST_MATCHES else None
