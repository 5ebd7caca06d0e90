"""Pledges much like one that is being written.

Candidates come from three indexes: those nearest, those of the organisation, and those with most
of the words.
"""

from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.postgres.search import SearchQuery
from django.db.models import F, FloatField, Value
from django.db.models.functions import Cast, Coalesce, Least
from django.utils.translation import gettext as _

from geo.core.functions import DegreesTo
from geo.core.timeouts import bounded
from pledges.feed.similar import (
    SHORTEST,
    alike,
    in_other_words,
    plain,
    some_of,
    telling,
    with_words,
)
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge, PledgeQuerySet

NEAREST, OF_ORGANISATION, WITH_WORDS = 500, 300, 300  # candidates of each sort
WORDS_MILLISECONDS = 500
MOST_WORDS = 6
FAR = 50_000.0  # metres; what is farther away counts as this far
# A pledge nearby may be a little less alike than one far away.
WEIGHT_OF_NEARNESS = 0.2


@dataclass(frozen=True)
class Near:
    """Where the new pledge would be, as far as it is known; stored nowhere."""

    location: Point | None = None
    organisation: Organisation | None = None

    @property
    def point(self) -> Point | None:
        return self.location or (self.organisation and self.organisation.location)


def similar(text: str, near: Near = Near(), limit: int = 3) -> list[Pledge]:
    """Up to `limit` public pledges still to do that are much like the text, likest first.

    No two are in the same words. Too short a text finds none. Raises TooSlow.
    """
    words = " ".join(text.split())
    if len(words) < SHORTEST:
        return []
    query = most_of(words)
    searches = [query] if query else []
    keys = with_words(_open(), searches, WITH_WORDS, WITH_WORDS, WORDS_MILLISECONDS)
    with bounded():
        keys |= _close(near)
        likest = _likest(Pledge.objects.filter(pk__in=keys), words, near)
        # Of several in the same words the first is enough: the likest is the nearest, too.
        return in_other_words(likest, limit)


def _open() -> PledgeQuerySet:
    return Pledge.objects.public().filter(done_at__isnull=True)


def _close(near: Near) -> set[int]:
    """Candidates of the same organisation, and around the same place."""
    sorts = []
    if near.organisation:
        own = _open().filter(organisation=near.organisation)
        sorts.append(own.newest_first()[:OF_ORGANISATION])
    if near.point:
        placed = _open().filter(location__isnull=False)
        sorts.append(placed.order_by(DegreesTo("location", near.point))[:NEAREST])
    return {key for some in sorts for key in some.values_list("pk", flat=True)}


def most_of(words: str) -> SearchQuery | None:
    """A search for two thirds of the words that say most; the last may not be finished yet."""
    typed = plain(words).lower().split()
    told = telling(typed)[-MOST_WORDS:]
    prefixes = [f"{word}:*" if word == typed[-1] else word for word in told]
    return some_of(prefixes, -(-len(told) * 2 // 3)) if told else None


def _likest(pledges: PledgeQuerySet, words: str, near: Near) -> PledgeQuerySet:
    far: Value | Coalesce = Value(FAR)
    if near.point:
        away = Cast(F("away"), FloatField())
        pledges = pledges.annotate(away=Distance("location", near.point))
        far = Least(Coalesce(away, Value(FAR)), Value(FAR))
    closeness = (Value(FAR) - far) / Value(FAR)
    weighed = alike(pledges, words).annotate(likest=F("alike") + closeness * WEIGHT_OF_NEARNESS)
    return weighed.order_by("-likest", "-created_at", "-pk")


def place_in_words(pledge: Pledge) -> str:
    """Where a pledge is shown, as its lists say it."""
    if pledge.show == Pledge.Show.ORGANISATION:
        return pledge.organisation.name
    if pledge.show == Pledge.Show.OUTCODE:
        return _("somewhere in %(place)s") % {"place": pledge.outcode}
    return pledge.region.local_name if pledge.region else ""
