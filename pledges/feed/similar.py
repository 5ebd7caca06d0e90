"""Pledges much like one that is being written, so that people join them instead of repeating.

Candidates come from three indexes: those nearest, those of the organisation, and those with most
of the words. Only they are compared, however many pledges there are.
"""

import itertools
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Cast, Coalesce, Least
from django.utils.translation import gettext as _

from geo.core.errors import TooSlow
from geo.core.functions import Nearness
from geo.core.timeouts import bounded
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge, PledgeQuerySet

SHORTEST = 12  # letters; fewer say too little to compare
NEAREST, OF_ORGANISATION, WITH_WORDS = 500, 300, 300  # candidates of each sort
WORDS_MILLISECONDS = 500
SHORTEST_WORD, MOST_WORDS = 3, 6
REPEATED = 10  # how often the same words may be looked past
# A deed in other words shares about a third of its trigrams.
LIKE_ENOUGH = 0.3
FAR = 50_000.0  # metres; what is farther away counts as this far
# A pledge nearby may be a little less alike than one far away.
WEIGHT_OF_WORDS, WEIGHT_OF_NEARNESS = 0.5, 0.2


@dataclass(frozen=True)
class Near:
    """Where the new pledge would be, as far as it is known; kept nowhere."""

    location: Point | None = None
    organisation: Organisation | None = None

    @property
    def point(self) -> Point | None:
        return self.location or (self.organisation and self.organisation.location)


def similar(text: str, near: Near = Near(), limit: int = 3) -> list[Pledge]:
    """Up to `limit` public pledges still to do that are much like the text, likest first.

    No two are in the same words. Each has `alike`, from 0 to about 1.7. Too short a text finds
    none. Raises TooSlow.
    """
    words = " ".join(text.split())
    if len(words) < SHORTEST:
        return []
    keys = _worded(words)
    with bounded():
        keys |= _close(near)
        found = _likest(Pledge.objects.filter(pk__in=keys), words, near)
        worded: dict[str, Pledge] = {}
        for pledge in found[: limit * REPEATED]:
            # Of several in the same words the first is enough: the likest is the nearest, too.
            worded.setdefault(pledge.text.casefold().strip(" ."), pledge)
    return list(worded.values())[:limit]


def _waiting() -> PledgeQuerySet:
    return Pledge.objects.public().filter(done_at__isnull=True)


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


def _close(near: Near) -> set[int]:
    """Candidates of the same organisation, and around the same place."""
    sorts = []
    if near.organisation:
        own = _waiting().filter(organisation=near.organisation)
        sorts.append(own.newest_first()[:OF_ORGANISATION])
    if near.point:
        placed = _waiting().filter(location__isnull=False)
        sorts.append(placed.order_by(Nearness("location", near.point))[:NEAREST])
    return {key for some in sorts for key in some.values_list("pk", flat=True)}


def most_of(words: str) -> SearchQuery | None:
    """A search for two thirds of the words that say most; the last may not be finished yet."""
    typed = plain(words).lower().split()
    told = sorted({word for word in typed if len(word) >= SHORTEST_WORD}, key=len)[-MOST_WORDS:]
    if not told:
        return None
    enough = -(-len(told) * 2 // 3)
    open_ended = [f"{word}:*" if word == typed[-1] else word for word in told]
    some = (" & ".join(part) for part in itertools.combinations(open_ended, enough))
    return SearchQuery(" | ".join(some), config="english", search_type="raw")


def plain(words: str) -> str:
    """Without the signs that a web search would read as its own: minus and quotation marks."""
    return "".join(letter if letter.isalnum() else " " for letter in words)


def _likest(pledges: PledgeQuerySet, words: str, near: Near) -> PledgeQuerySet:
    asked = SearchQuery(plain(words), config="english")
    far: Value | Coalesce = Value(FAR)
    if near.point:
        away = Cast(F("away"), FloatField())
        pledges = pledges.annotate(away=Distance("location", near.point))
        far = Least(Coalesce(away, Value(FAR)), Value(FAR))
    closeness = (Value(FAR) - far) / Value(FAR)
    return (
        pledges.with_everything()
        .annotate(
            same=TrigramSimilarity("text", words),
            # Normalised to 0..1 by rank / (rank + 1).
            rank=SearchRank(F("words"), asked, normalization=32),
        )
        .filter(Q(same__gte=LIKE_ENOUGH) | Q(words=asked, same__gte=LIKE_ENOUGH / 2))
        .annotate(alike=F("same") + F("rank") * WEIGHT_OF_WORDS + closeness * WEIGHT_OF_NEARNESS)
        .order_by("-alike", "-created_at", "-pk")
    )


def place_in_words(pledge: Pledge) -> str:
    """Where a pledge is shown, as its lists say it."""
    if pledge.show == Pledge.Show.ORGANISATION:
        return pledge.organisation.name
    if pledge.show == Pledge.Show.OUTCODE:
        return _("somewhere in %(place)s") % {"place": pledge.outcode}
    return pledge.region.local_name if pledge.region else ""
