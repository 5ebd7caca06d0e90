"""A remote geocoder of the operator's choice: tried last, one request a second, answers cached."""

import hashlib
import json
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from geopy.exc import GeopyError
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import Geocoder

from geo.areas import lookup
from geo.core.errors import GeocoderUnavailable, OutsideUnitedKingdom
from geo.geocoding.finder import Finder
from geo.geocoding.parsing import ParsedQuery
from geo.geocoding.results import Kind, Match

# Nominatim's terms allow one request a second for a whole site, and no type-ahead.
SECONDS_BETWEEN = 1
LONGEST_WAIT = 2.0
TIMEOUT = 3.0
CACHED_SECONDS = 24 * 3600
# Options of this service alone, which limit its answers to these islands.
QUERY_OPTIONS = {"nominatim": {"country_codes": ["gb", "im", "je", "gg"]}}


class Remote(Finder):
    """Any of geopy's geocoders, by the settings REMOTE_GEOCODER and REMOTE_GEOCODER_OPTIONS.

    Never sent a postcode or coordinates, which the gazetteer knows better, nor a name half typed.
    Without a setting it finds nothing. `adapter_factory` is geopy's own door to another network.
    """

    last_resort = True

    def __init__(self, adapter_factory: Callable | None = None) -> None:
        super().__init__()
        self._service = settings.REMOTE_GEOCODER
        self._geocoder = _geocoder(self._service, adapter_factory) if self._service else None

    def find(self, parsed: ParsedQuery, limit: int) -> list[Match]:
        """Raises GeocoderUnavailable when the service gives no answer in time."""
        if self._geocoder is None or parsed.kind != "name" or not parsed.name:
            return []
        # The key is a digest: what people typed stays in no table and no file.
        key = f"geocoder-{hashlib.sha256(parsed.name.encode()).hexdigest()}"
        answers = cache.get(key)
        if answers is None:
            answers = self._query(self._geocoder, parsed.words)
            cache.set(key, answers, CACHED_SECONDS)
        return [match for answer in answers[:limit] if (match := _match(*answer))]

    def _query(self, geocoder: Geocoder, words: str) -> list[tuple[str, float, float]]:
        _wait_for_turn()
        try:
            found = geocoder.geocode(
                words,
                exactly_one=False,
                timeout=TIMEOUT,
                **QUERY_OPTIONS.get(self._service, {}),
            )
        except GeopyError as error:
            raise GeocoderUnavailable(
                _("This place is not in our lists, and the wider search does not answer.")
            ) from error
        return [(place.address, place.longitude, place.latitude) for place in found or []]


def _geocoder(service: str, adapter_factory: Callable | None) -> Geocoder:
    try:
        options = json.loads(settings.REMOTE_GEOCODER_OPTIONS or "{}")
        return get_geocoder_for_service(service)(
            **{"user_agent": f"changemap ({settings.SITE_URL})", **options},
            adapter_factory=adapter_factory,
        )
    except (ValueError, TypeError, GeopyError) as error:
        raise ImproperlyConfigured(
            f"REMOTE_GEOCODER or REMOTE_GEOCODER_OPTIONS cannot be used: {error}"
        ) from error


def _wait_for_turn() -> None:
    """Take the next free second of the site; processes share it when they share a cache."""
    end = time.monotonic() + LONGEST_WAIT
    while not cache.add("geocoder-turn", 1, SECONDS_BETWEEN):
        if time.monotonic() > end:
            raise GeocoderUnavailable(_("The wider search is busy. Please try again in a minute."))
        time.sleep(0.1)


def _match(label: str, longitude: float, latitude: float) -> Match | None:
    point = Point(longitude, latitude, srid=4326)
    try:
        _within, found = lookup.of_point(point)
    except OutsideUnitedKingdom:
        return None
    return Match(
        label=label,
        kind=Kind.ADDRESS,
        location=point,
        approximate=True,
        note=_("Found by a wider search."),
        areas=found,
        rank=0.5,
    )
