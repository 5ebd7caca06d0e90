"""Posts much like one that is being written, so that people support them instead of repeating.

Candidates are those with most of the words, and the newest of the same theme; only they are
compared, however many posts there are.
"""

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import F, Q

from geo.errors import TooSlow
from geo.reads import bounded
from hubs.conversation.models import Post, Theme
from pledges.similar import (
    LIKE_ENOUGH,
    REPEATED,
    SHORTEST,
    WEIGHT_OF_WORDS,
    WITH_WORDS,
    WORDS_MILLISECONDS,
    most_of,
    plain,
)

OF_THEME = 300  # candidates


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
    """Candidates by their words; none where the words are so common that it takes too long."""
    asked = most_of(words)
    if asked is None:
        return set()
    try:
        with bounded(WORDS_MILLISECONDS):
            found = _waiting().filter(words=asked).order_by()[:WITH_WORDS]
            return set(found.values_list("pk", flat=True))
    except TooSlow:
        return set()


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
