"""Find organisations by what people call them."""

from django.db.models import prefetch_related_objects

from geo.areas.area_cache import current_areas
from geo.core.timeouts import bounded, local_settings
from geo.geocoding.normalise import normalise
from pledges.organisations.models import Organisation

SHORTEST = 2  # letters; one alone would find nearly all
# Two letters changed about in a word of seven leave about half of its trigrams.
LIKE_ENOUGH = 0.5


def organisations(
    words: str, limit: int = 10, *, like_enough: float = LIKE_ENOUGH
) -> list[Organisation]:
    """Up to `limit` organisations, best first, with `pledge_count`, areas and successors.

    Those with the words in their names, each with `rank`; only if there are none, those spelled
    nearly so, each with `likeness` from `like_enough` to 1. A single letter finds none.
    """
    if len(normalise(words)) < SHORTEST:
        return []
    rows = Organisation.objects.with_pledges()
    with bounded():
        found = list(rows.called(words)[:limit])
        if not found and like_enough < 1:
            # The index answers only the operator, and the operator reads this setting.
            with local_settings({"pg_trgm.word_similarity_threshold": str(like_enough)}):
                found = list(rows.nearly_called(words)[:limit])
        _fill(found)
    return found


def _fill(found: list[Organisation]) -> None:
    """Give them their areas, from memory where they are current, and successors if they ended."""
    areas = current_areas().areas
    for organisation in found:
        for name in ("district", "region"):
            if area := areas.get(getattr(organisation, f"{name}_id")):
                setattr(organisation, name, area)
    prefetch_related_objects([each for each in found if each.closed], "successors")
