"""Stems as people write them: the form that most of some posts have."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db import connection

from hubs.conversation.topics.selection import Counted

# Kinds 1 and 2 of the parser are words; 10 and 11 are the parts of words with hyphens.
WORDS = """
select p.id, t.token, (ts_lexize('english_stem', lower(t.token)))[1]
from conversation_post p
cross join lateral ts_parse('default', p.text) with ordinality as t(kind, token, place)
where p.id = any(%(posts)s) and t.kind in (1, 2, 10, 11)
order by p.id, t.place
"""


def forms_of(terms: Iterable[Counted]) -> dict[str, str]:
    """Return the words for stems, each as most of the posts noted with the terms have it."""
    terms = list(terms)
    wanted = {one.stems for one in terms}
    posts = {post for one in terms for post in (one.first, one.last)}
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    last = (0, "", "")
    with connection.cursor() as cursor:
        cursor.execute(WORDS, {"posts": sorted(posts)})
        for post, token, stem in cursor.fetchall():
            word = _lowered(token)
            if stem in wanted:
                seen[stem][word] += 1
            pair = f"{last[2]} {stem}"
            if last[0] == post and pair in wanted:
                seen[pair][f"{last[1]} {word}"] += 1
            last = (post, word, stem or "")
    return {
        stems: min(words, key=lambda w: (-words[w], len(w), w)) for stems, words in seen.items()
    }


def _lowered(token: str) -> str:
    """In small letters, unless it is written in capitals as names of bodies are."""
    return token if token.isupper() and len(token) < 6 else token.lower()
