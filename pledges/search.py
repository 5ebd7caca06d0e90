"""Find organisations by what people call them."""

from django.db import connection

from geo.geocoding.names import normalise
from geo.reads import bounded
from pledges.models import Organisation

SHORTEST = 2  # letters; one alone would find nearly all
# Two letters changed about in a word of seven leave about half of its trigrams.
LIKE_ENOUGH = 0.5


def organisations(words: str, limit: int = 10) -> list[Organisation]:
    """Up to `limit` organisations, best first, with `pledge_count`; none for a single letter.

    Those with the words in their names; only if there are none, those spelled nearly so.
    """
    if len(normalise(words)) < SHORTEST:
        return []
    known = Organisation.objects.with_pledges().with_areas()
    with bounded():
        found = list(known.called(words)[:limit])
        if not found:
            with connection.cursor() as cursor:
                # The index answers only the operator, and the operator reads this setting.
                cursor.execute(
                    "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
                    [str(LIKE_ENOUGH)],
                )
            found = list(known.nearly_called(words)[:limit])
    return found
