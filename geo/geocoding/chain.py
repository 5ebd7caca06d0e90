"""Geocoding through all finders in order: words to places, and a point to what lies around it."""

import logging
from collections.abc import Iterable

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from geo.areas import lookup
from geo.core.errors import PlaceNotFound
from geo.core.registry import registered
from geo.core.timeouts import bounded
from geo.geocoding.finder import MOST, Finder, best
from geo.geocoding.parsing import ParsedQuery, parse
from geo.geocoding.results import Match, ReverseResult

log = logging.getLogger(__name__)


def locate(words: str) -> Match:
    """Return the best place for the words.

    Raises PlaceNotFound when nobody knows one, OutsideUnitedKingdom for a point that the map does
    not reach, GeocoderUnavailable when the remote geocoder might have known one but did not answer.
    """
    found = candidates(words)
    if not found:
        raise PlaceNotFound(
            _("We cannot find that place. Try a full postcode, or a town and its district.")
        )
    return found[0]


def candidates(words: str, limit: int = MOST) -> list[Match]:
    """All places that the words may mean, best first; empty for none. Raises as `locate`."""
    parsed = parse(words)
    # A remote geocoder is waited for outside the transaction that bounds our own reads.
    with bounded():
        found = _find([finder for finder in finders() if not finder.last_resort], parsed, limit)
    if not found:
        _log_failure(parsed)
        found = _find([finder for finder in finders() if finder.last_resort], parsed, limit)
    return best(found, limit)


def _find(searched: Iterable[Finder], parsed: ParsedQuery, limit: int) -> list[Match]:
    found: list[Match] = []
    for finder in searched:
        found += finder.find(parsed, limit)
        # A postcode is a postcode: no other finder could know better.
        if found and found[0].unambiguous:
            break
    return found


def suggest(words: str, limit: int = MOST) -> list[Match]:
    """Places that begun words may become, most likely first; from indexes, without network."""
    parsed = parse(words)
    with bounded():
        found = [match for finder in finders() for match in finder.complete(parsed, limit)]
    return best(found, limit)


def reverse(point: Point) -> ReverseResult:
    """What lies around a point (SRID 4326). Raises OutsideUnitedKingdom far from every shore."""
    more: dict[str, object] = {}
    with bounded():
        within, areas = lookup.of_point(point)
        for finder in finders():
            more.update(finder.details_at(point))
    return ReverseResult(
        location=point,
        within=within,
        areas=areas,
        place=str(more.pop("place", "")),
        outcode=str(more.pop("outcode", "")),
        more=more,
    )


def finders() -> tuple[Finder, ...]:
    return tuple(finder() for finder in registered("FINDERS"))


def _log_failure(parsed: ParsedQuery) -> None:
    """Log what kind of search failed and around which outcode, never what was typed."""
    codes = parsed.postcodes or parsed.sectors
    cut = -3 if parsed.postcodes else -1
    outcode = codes[0][:cut] if codes else "".join(parsed.outcodes[:1])
    log.info("Nothing found: kind %s, outcode %s", parsed.kind, outcode or "none")
