"""The words that people write in, learned now and then, and what a misspelt one meant."""

import datetime
import difflib
import re

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.utils import timezone

from geo.core.registry import registered
from pledges.feed.models import Word

# Of the text alone: the names that people signed with are not kept a second time.
LEARN = """
insert into pledges_word (word, uses)
select word, ndoc
from ts_stat(format(
    'select to_tsvector(''simple'', text) from %%I where public and created_at >= %%L',
    %s::text, %s::timestamptz
))
where word ~ '^[[:alpha:]]{3,30}$'
on conflict (word) do update set uses = greatest(pledges_word.uses, excluded.uses)
"""
# A pledge is confirmed within seven days after it was made, or never public.
AGAIN = datetime.timedelta(days=8)
BEGINNING = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
LETTERS = re.compile(r"[^\W\d_]{4,30}")
CANDIDATES, ALIKE = 20, 0.7


def learn() -> None:
    """Learn the words of what was made public of late; of all of it where no word is known.

    The registry SPELLING has the models: each has `text`, `public` and `created_at`.
    """
    since = timezone.now() - AGAIN if Word.objects.exists() else BEGINNING
    tables = [model._meta.db_table for model in registered("SPELLING")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(LEARN, [table, since])


@transaction.atomic
def learn_afresh() -> None:
    """Forget every word and learn those of all that is public."""
    Word.objects.all().delete()
    learn()


def corrected(words: str) -> str:
    """Return the words, each that no pledge has replaced by the one spelled most like it.

    What is not like any word stays, so that an answer equal to the question knows no better.
    """
    return LETTERS.sub(lambda found: _nearest(found[0]), words)


def _nearest(word: str) -> str:
    small = word.lower()
    like = Word.objects.filter(word__trigram_similar=small).annotate(
        likeness=TrigramSimilarity("word", small)
    )
    found = list(like.order_by("-likeness", "-uses").values_list("word", flat=True)[:CANDIDATES])
    return word if small in found else next(iter(_alike(small, found)), word)


def _alike(word: str, found: list[str]) -> list[str]:
    """Of words with the same pieces, the one with the same letters in the same order."""
    return difflib.get_close_matches(word, found, n=1, cutoff=ALIKE)
