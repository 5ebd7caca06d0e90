"""Our own gazetteer as a geopy geocoder: nothing that is typed leaves this machine."""

from collections.abc import Mapping

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from geopy import Location
from geopy.point import Point as GeopyPoint

from geo.areas import area_cache, lookup
from geo.core.errors import OutsideUnitedKingdom
from geo.geocoding import place_names, postcodes
from geo.geocoding.finder import Finder, best
from geo.geocoding.grid_references import GridSquare
from geo.geocoding.parsing import ParsedQuery
from geo.geocoding.results import Kind, Match

# A reference to less than this many metres is as good as a point on a map of the country.
FINE_METRES = 100
OFF_SHORE = gettext_lazy("This is off the shore.")


class Gazetteer(Finder):
    """Postcodes, places, areas, coordinates and grid references."""

    def find(self, parsed: ParsedQuery, limit: int) -> list[Match]:
        """Raises OutsideUnitedKingdom for coordinates and references beyond the map."""
        if parsed.latitude is not None and parsed.longitude is not None:
            return [_coordinates(parsed.longitude, parsed.latitude)]
        found = postcodes.find(parsed)
        if not found and parsed.area_code:
            found = place_names.by_code(parsed.area_code)
        if not found and parsed.square:
            found = [_grid_reference(parsed.square)]
        return found or best(place_names.find(parsed, limit), limit)

    def complete(self, parsed: ParsedQuery, limit: int) -> list[Match]:
        found = postcodes.complete(parsed, limit)
        return found or best(place_names.complete(parsed, limit), limit)

    def details_at(self, point: Point) -> Mapping[str, object]:
        """Nearest place's name, and the outcode of the nearest live postcode but never the rest."""
        place, postcode = area_cache.nearest_place_and_postcode(point)
        return {"place": place, "outcode": postcode[:-3]}

    def reverse(
        self, query: object, *, exactly_one: bool = True, timeout: float | None = None
    ) -> Location | list[Location] | None:
        """geopy's verb: the nearest place to `latitude, longitude`; None outside the country."""
        at = GeopyPoint(query)
        point = Point(at.longitude, at.latitude, srid=4326)
        try:
            lookup.of_point(point)
        except OutsideUnitedKingdom:
            return None
        details = self.details_at(point)
        found = Location(str(details["place"]), at, details)
        return found if exactly_one else [found]


def _coordinates(longitude: float, latitude: float) -> Match:
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise OutsideUnitedKingdom(_("Latitudes end at 90 degrees and longitudes at 180."))
    point = Point(longitude, latitude, srid=4326)
    within, found = lookup.of_point(point)
    return Match(
        label=f"{latitude:.5f}, {longitude:.5f}",
        kind=Kind.COORDINATES,
        location=point,
        note="" if within else str(OFF_SHORE),
        areas=found,
    )


def _grid_reference(square: GridSquare) -> Match:
    point = Point(square.longitude, square.latitude, srid=4326)
    within, found = lookup.of_point(point)
    return Match(
        label=square.label,
        kind=Kind.GRID_REFERENCE,
        location=point,
        approximate=square.side > FINE_METRES,
        note="" if within else str(OFF_SHORE),
        areas=found,
    )
