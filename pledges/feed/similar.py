"""Rows much like one that is being written, so that people join them instead of repeating.

Each list finds candidates by its indexes; only they are compared, however many rows there are.
"""

import itertools
from collections.abc import Iterable, Sequence

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import F, Model, Q, QuerySet

from geo.core.errors import TooSlow
from geo.core.timeouts import bounded

SHORTEST = 12  # letters; fewer say too little to compare
SHORTEST_WORD = 3
REPEATED = 10  # how often the same words may be looked past
# A deed in other words shares about a third of its trigrams.
LIKE_ENOUGH = 0.3
WEIGHT_OF_WORDS = 0.5


def plain(words: str) -> str:
    """Without the signs that a web search would read as its own: minus and quotation marks."""
    return "".join(letter if letter.isalnum() else " " for letter in words)


def telling(words: Iterable[str]) -> list[str]:
    """Return the words that may say something, each once, the shortest first."""
    return sorted({word for word in words if len(word) >= SHORTEST_WORD}, key=len)


def some_of(words: Sequence[str], enough: int) -> SearchQuery:
    """A search for so many of the words, whichever; each may be a prefix, as `tea:*`."""
    some = (" & ".join(part) for part in itertools.combinations(words, enough))
    return SearchQuery(" | ".join(some), config="english", search_type="raw")


def with_words(
    rows: QuerySet, searches: Iterable[SearchQuery], most: int, enough: int, milliseconds: int
) -> set[int]:
    """Return up to `most` rows of each search, until there are `enough`.

    Fewer where the words are so common that it takes too long.
    """
    found: set[int] = set()
    try:
        with bounded(milliseconds):
            for query in searches:
                matching = rows.filter(words=query).order_by()[:most]
                found |= set(matching.values_list("pk", flat=True))
                if len(found) >= enough:
                    break
    except TooSlow:
        pass
    return found


def alike(rows: QuerySet, words: str) -> QuerySet:
    """Return the rows that are like enough, with `alike` from 0 to about 1.5."""
    query = SearchQuery(plain(words), config="english")
    return (
        rows.with_everything()
        .annotate(
            same=TrigramSimilarity("text", words),
            # Normalised to 0..1 by rank / (rank + 1).
            rank=SearchRank(F("words"), query, normalization=32),
        )
        .filter(Q(same__gte=LIKE_ENOUGH) | Q(words=query, same__gte=LIKE_ENOUGH / 2))
        .annotate(alike=F("same") + F("rank") * WEIGHT_OF_WORDS)
    )


def in_other_words(rows: QuerySet, limit: int) -> list[Model]:
    """Return the first rows, no two in the same words."""
    worded: dict[str, Model] = {}
    for row in rows[: limit * REPEATED]:
        worded.setdefault(row.text.casefold().strip(" .!?"), row)
    return list(worded.values())[:limit]
