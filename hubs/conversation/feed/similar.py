"""Posts much like one that is being written, so that people support them instead of repeating.

Candidates are those with the words, and the newest of the same theme; only they are compared,
however many posts there are. One list of the index is read for all of the words, and two for most
of fewer words: for most of many it would read nearly all of its lists.
"""

import itertools

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import F, Q

from geo.core.errors import TooSlow
from geo.core.timeouts import bounded
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Theme
from pledges.feed.similar import (
    LIKE_ENOUGH,
    REPEATED,
    SHORTEST,
    SHORTEST_WORD,
    WEIGHT_OF_WORDS,
    plain,
)

OF_THEME, WITH_WORDS = 100, 100  # candidates of each sort
ALL_OF, MOST_OF = 6, 4  # words that say most, the longest
ENOUGH = 3  # of MOST_OF; and posts with all of the words, after which no others are looked for
WORDS_MILLISECONDS = 100


def similar(text: str, theme: Theme | None = None, limit: int = 3) -> list[Post]:
    """Up to `limit` public posts, not closed, that are much like the text, likest first.

    No two are in the same words. Too short a text finds none, and so does one that takes long: a
    help, and never in the way of a post.
    """
    words = " ".join(text.split())
    if len(words) < SHORTEST:
        return []
    try:
        keys = _worded(words)
        with bounded():
            if theme:
                keys |= set(
                    _waiting()
                    .filter(theme=theme)
                    .newest_first()[:OF_THEME]
                    .values_list("pk", flat=True)
                )
            found = _likest(keys, words)[: limit * REPEATED]
            worded: dict[str, Post] = {}
            for post in found:
                worded.setdefault(post.text.casefold().strip(" .!?"), post)
    except TooSlow:
        return []
    return list(worded.values())[:limit]


def _waiting():
    return Post.objects.public().filter(closed_at__isnull=True)


def _worded(words: str) -> set[int]:
    """Candidates by their words; fewer where the words are so common that it takes too long."""
    found: set[int] = set()
    try:
        with bounded(WORDS_MILLISECONDS):
            for asked in _asked(words):
                rows = _waiting().filter(words=asked).order_by()[:WITH_WORDS]
                found |= set(rows.values_list("pk", flat=True))
                if len(found) >= ENOUGH:
                    break
    except TooSlow:
        pass
    return found


def _asked(words: str) -> list[SearchQuery]:
    """Searches for all of the words, then for most; the last, which may be unfinished, is left."""
    typed = plain(words).lower().split()
    told = sorted({word for word in typed[:-1] if len(word) >= SHORTEST_WORD}, key=len)
    some = itertools.combinations(told[-MOST_OF:], min(ENOUGH, len(told)))
    ways = [told[-ALL_OF:]], list(some)
    return [
        SearchQuery(
            " | ".join(" & ".join(part) for part in way), config="english", search_type="raw"
        )
        for way in ways
        if told
    ]


def _likest(keys: set[int], words: str):
    asked = SearchQuery(plain(words), config="english")
    return (
        Post.objects.filter(pk__in=keys)
        .with_everything()
        .annotate(
            same=TrigramSimilarity("text", words),
            # Normalised to 0..1 by rank / (rank + 1).
            rank=SearchRank(F("words"), asked, normalization=32),
        )
        .filter(Q(same__gte=LIKE_ENOUGH) | Q(words=asked, same__gte=LIKE_ENOUGH / 2))
        .annotate(alike=F("same") + F("rank") * WEIGHT_OF_WORDS)
        .order_by("-alike", "-counts__supports", "-pk")
    )
