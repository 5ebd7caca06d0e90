"""Which district, region and nation a place belongs to, by its own code or by geometry.

A postcode's own district code decides; boundaries decide for places that have none, such as
coordinates. Each function needs a fixed number of queries, however many places there are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.gis.db.models.functions import Distance, GeometryDistance
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.areas.area_cache import CurrentAreas, areas_containing, current_areas
from geo.areas.models import Area, AreaPiece
from geo.core.errors import OutsideUnitedKingdom
from geo.geocoding.models import Outcode

# Boundaries are simplified to 250 m: so far off the coast still counts as on it.
SHORE_METRES = 1_000
# Twelve nautical miles: the territorial sea.
SEA_METRES = 22_224
# Pieces nearest in degrees that are measured in metres; three kinds of area overlap at each spot.
NEAR_PIECES = 24
POSTCODE_AREA = re.compile(r"[A-Z]{1,2}")
CROWN_DEPENDENCIES = {
    "IM": gettext_lazy("Isle of Man"),
    "JE": gettext_lazy("Jersey"),
    "GG": gettext_lazy("Guernsey"),
}


@dataclass(frozen=True)
class AdminAreas:
    """The areas that a place belongs to; None where there is none or it is not known."""

    district: Area | None = None
    region: Area | None = None
    nation: Area | None = None


NO_AREAS = AdminAreas()


class CodedPlace(NamedTuple):
    """A place with a district's code; `postcode` may be a part of one, or empty."""

    district_code: str
    postcode: str
    location: Point


def of_code(district_code: str, postcode: str, location: Point) -> AdminAreas:
    return of_codes([CodedPlace(district_code, postcode, location)])[0]


def of_codes(places: Sequence[CodedPlace], areas: CurrentAreas | None = None) -> list[AdminAreas]:
    """Areas of places in their order: one query, one more for each that needs its boundary read.

    None where the caller knows the areas.
    """
    areas = areas or current_areas()
    return [_admin_areas(place, areas) for place in places]


def of_area(area: Area, areas: CurrentAreas | None = None) -> AdminAreas:
    """The areas that an area lies in, itself included. `area` should come with its parents."""
    chain: dict[str, Area | None] = {step.kind: step for step in _upwards(area)}
    if area.kind == Area.Kind.NATION:
        # Scotland, Wales and Northern Ireland are a region too, with the same code.
        chain[Area.Kind.REGION] = (areas or current_areas()).coded.get(
            (Area.Kind.REGION, area.code)
        )
    return AdminAreas(
        district=chain.get(Area.Kind.DISTRICT),
        region=chain.get(Area.Kind.REGION),
        nation=chain.get(Area.Kind.NATION),
    )


def of_point(point: Point) -> tuple[bool, AdminAreas]:
    """Whether a boundary holds the point (SRID 4326), and its areas.

    Off a shore they are those within a kilometre. Raises OutsideUnitedKingdom beyond the
    territorial sea of twelve nautical miles.
    """
    found = {area.kind: area for area in areas_containing(point)}
    if found:
        return True, _of_kinds(found)
    shores = _shores(point)
    if not shores:
        _refuse_unless_crown_dependency(point)
    for metres, area in shores:
        if metres <= SHORE_METRES:
            found.setdefault(area.kind, area)
    return False, _of_kinds(found)


def region_of(district_code: str, postcode: str) -> Area | None:
    """The region of a postcode, or of any part of one that begins with its letters."""
    return of_codes([CodedPlace(district_code, postcode, Point(0, 0, srid=4326))])[0].region


def _admin_areas(place: CodedPlace, areas: CurrentAreas) -> AdminAreas:
    district = areas.coded.get((Area.Kind.DISTRICT, place.district_code))
    if district is None:
        return NO_AREAS
    region, exceptions = district.parent, areas.exceptions.get(district.pk, {})
    letters = POSTCODE_AREA.match(place.postcode)
    if letters:
        region = exceptions.get(letters.group(), region)
    elif exceptions:
        inside = (
            area for area in areas_containing(place.location) if area.kind == Area.Kind.REGION
        )
        region = next(inside, region)
    return AdminAreas(district, region, region.parent if region else None)


def _upwards(area: Area | None) -> Iterable[Area]:
    while area:
        yield area
        area = area.parent


def _of_kinds(found: Mapping[str, Area]) -> AdminAreas:
    region = found.get(Area.Kind.REGION)
    nation = found.get(Area.Kind.NATION) or (region.parent if region else None)
    return AdminAreas(found.get(Area.Kind.DISTRICT), region, nation)


def _shores(point: Point) -> list[tuple[float, Area]]:
    """Areas near a point outside all of them, within the territorial sea, nearest first."""
    pieces = (
        AreaPiece.objects.filter(area__in=Area.objects.current().values("pk"))
        .annotate(away=Distance("shape", point))
        .order_by(GeometryDistance("shape", point))
        .select_related("area__parent")
        .defer("shape", "area__boundary", "area__boundary_low")
        .defer("area__parent__boundary", "area__parent__boundary_low")[:NEAR_PIECES]
    )
    near = sorted(((piece.away.m, piece.area) for piece in pieces), key=lambda pair: pair[0])
    return [(metres, area) for metres, area in near if metres <= SEA_METRES]


def _refuse_unless_crown_dependency(point: Point) -> None:
    islands = Outcode.objects.exclude(town="").annotate(away=Distance("location", point))
    nearest = islands.order_by("away").first()
    if nearest is None or nearest.away.m > SEA_METRES:
        raise OutsideUnitedKingdom(
            _("That place is outside the United Kingdom. Coordinates begin with the latitude.")
        )
