"""Posts much like one that is being written.

Candidates are those with the words, and the newest of the same theme. One list of the index is
read for all of the words, and two for most of fewer words: for most of many it would read nearly
all of its lists.
"""

from geo.core.errors import TooSlow
from geo.core.timeouts import bounded
from hubs.conversation.models.posts import Post
from hubs.conversation.models.querysets import PostQuerySet
from hubs.conversation.models.themes import Theme
from pledges.feed.similar import (
    SHORTEST,
    alike,
    in_other_words,
    plain,
    some_of,
    telling,
    with_words,
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
    # The last word may be unfinished, and is left.
    told = telling(plain(words).lower().split()[:-1])
    most = told[-MOST_OF:]
    searches = [some_of(told[-ALL_OF:], len(told[-ALL_OF:])), some_of(most, min(ENOUGH, len(most)))]
    try:
        keys = with_words(_open(), searches if told else (), WITH_WORDS, ENOUGH, WORDS_MILLISECONDS)
        with bounded():
            if theme:
                newest = _open().filter(theme=theme).newest_first()[:OF_THEME]
                keys |= set(newest.values_list("pk", flat=True))
            likest = alike(Post.objects.filter(pk__in=keys), words)
            return in_other_words(likest.order_by("-alike", "-counts__supports", "-pk"), limit)
    except TooSlow:
        return []


def _open() -> PostQuerySet:
    return Post.objects.public().filter(closed_at__isnull=True)
