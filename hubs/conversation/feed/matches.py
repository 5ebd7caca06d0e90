"""Posts that match words: read once for each state of the counts, then told and sorted in memory.

The index of words finds them in no useful order, and a page asks how many there are, of what, and
which are first: each time the same thousands of scattered rows would be read.
"""

import datetime
from collections import Counter
from functools import lru_cache

import numpy as np
from django.db.models.functions import Coalesce

from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import SPEC, Post
from pledges.feed.lists import EPOCH

MOST_MATCHES = 10_000  # words that more posts match are not counted
KEPT = 32  # questions kept in memory by each process; one is less than 1 MB
NOWHERE = 0
COLUMNS = np.dtype(
    [
        *(("id", "i8"), ("facet", "i2"), ("show", "i2"), ("region", "i8"), ("district", "i8")),
        *(("organisation", "i8"), ("day", "datetime64[D]"), ("created_at", "datetime64[us]")),
    ]
)
PLACES = tuple(Coalesce(f"{name}_id", NOWHERE) for name in ("region", "district", "organisation"))
Places = list[tuple[datetime.datetime, int]]  # when each was written, and its number


def of(filters: PostFilters, version: int) -> np.ndarray | None:
    """Return rows of COLUMNS of the public posts that pass; None where the words are too common.

    `version` is the state of the counts: at the same one, the same words are not read again.
    """
    rows = _read(filters.q, version)
    if rows is None:
        return None
    passing = np.ones(len(rows), bool)
    if codes := SPEC.codes(filters.facets):
        passing &= np.isin(rows["facet"], codes)
    if filters.organisation:
        passing &= rows["organisation"] == filters.organisation.pk
    if filters.regions is not None:
        passing &= np.isin(rows["region"], list(filters.regions))
    elif filters.area:
        passing &= rows["district"] == filters.area.pk
    if filters.since:
        passing &= rows["day"] >= np.datetime64(filters.since)
    if filters.until:
        passing &= rows["day"] <= np.datetime64(filters.until)
    return rows[passing]


def grouped(rows: np.ndarray) -> Counter[tuple[int, int]]:
    """Return how many there are by facet code and by where they are shown."""
    return Counter(zip(rows["facet"].tolist(), rows["show"].tolist(), strict=True))


def by_moment(rows: np.ndarray, *, oldest_first: bool) -> Places:
    """Return when each was written and its number, in order."""
    rows = rows[np.lexsort((rows["id"], rows["created_at"]))]
    rows = rows if oldest_first else rows[::-1]
    moments = rows["created_at"].astype("i8").tolist()
    return [
        (EPOCH + datetime.timedelta(microseconds=moment), key)
        for moment, key in zip(moments, rows["id"].tolist(), strict=True)
    ]


@lru_cache(maxsize=KEPT)
def _read(words: str, version: int) -> np.ndarray | None:
    found = Post.objects.public().matching(words).order_by()
    read = found.values_list("id", "facet", "show", *PLACES, "day", "created_at")
    rows = [
        (*row, moment.astimezone(datetime.UTC).replace(tzinfo=None))
        for *row, moment in read[: MOST_MATCHES + 1]
    ]
    return np.array(rows, COLUMNS) if len(rows) <= MOST_MATCHES else None
