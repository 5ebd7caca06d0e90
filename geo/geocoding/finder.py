"""The base class of finders: our own methods for the chain, geopy's for other callers."""

from collections.abc import Mapping, Sequence

from django.contrib.gis.geos import Point
from geopy import Location
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderServiceError
from geopy.geocoders.base import Geocoder

from geo.geocoding.parsing import ParsedQuery, parse
from geo.geocoding.results import Match

MOST = 10


class NoNetwork(BaseSyncAdapter):
    """The adapter of geocoders that answer from our own tables: they must never use a network."""

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> object:
        raise GeocoderServiceError("This geocoder uses no network.")

    get_text = get_json


class Finder(Geocoder):
    """A source of places; the registry FINDERS lists those that are asked.

    A subclass defines `find`, and what it can of `complete` and `details_at`.
    """

    # Used only when no other finder has an answer.
    last_resort = False

    def __init__(self) -> None:
        super().__init__(adapter_factory=NoNetwork)

    def find(self, parsed: ParsedQuery, limit: int) -> list[Match]:
        """Places that the words may mean, best first, each with its rank; empty for none."""
        raise NotImplementedError

    def complete(self, parsed: ParsedQuery, limit: int) -> list[Match]:
        """Places whose names the words begin, most likely first; answered from an index."""
        return []

    def details_at(self, point: Point) -> Mapping[str, object]:
        """What there is at a point (SRID 4326), as JSON can hold it, under names of its own."""
        return {}

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: float | None = None
    ) -> Location | list[Location] | None:
        """geopy's verb: a Location, or a list of them, or None; `raw` is the Match."""
        found = [_location(match) for match in self.find(parse(query), MOST)]
        if not found:
            return None
        return found[0] if exactly_one else found


def _location(match: Match) -> Location:
    return Location(match.label, (match.location.y, match.location.x), match)


def best(matches: Sequence[Match], limit: int) -> list[Match]:
    """The highest ranks, in the given order where they are equal."""
    return sorted(matches, key=lambda match: -match.rank)[:limit]
