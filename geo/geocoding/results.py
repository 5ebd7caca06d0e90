"""What a search answers: a place found for words, or what lies around a point."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.contrib.gis.geos import Point

from geo.areas.lookup import NO_AREAS, AdminAreas
from geo.areas.models import Area


class Kind(StrEnum):
    """What sort of thing the words named."""

    POSTCODE = "postcode"
    SECTOR = "sector"
    OUTCODE = "outcode"
    PLACE = "place"
    AREA = "area"
    COORDINATES = "coordinates"
    GRID_REFERENCE = "grid-reference"
    ORGANISATION = "organisation"
    ADDRESS = "address"


# Words of these kinds name one thing: no other finder need be tried.
UNAMBIGUOUS = {
    Kind.POSTCODE,
    Kind.SECTOR,
    Kind.OUTCODE,
    Kind.COORDINATES,
    Kind.GRID_REFERENCE,
}


@dataclass(frozen=True)
class Match:
    """One place that words may mean.

    `location` is in degrees (SRID 4326) and `bounds` are west, south, east, north. `approximate`
    says that the thing is larger than a point or that its place is not known exactly; `note` says
    what else the reader should know. `rank` runs from 1 (the words are its name) down to 0.
    """

    label: str
    kind: Kind
    location: Point
    approximate: bool = False
    note: str = ""
    code: str = ""
    outcode: str = ""
    bounds: tuple[float, float, float, float] | None = None
    areas: AdminAreas = NO_AREAS
    rank: float = 1.0

    @property
    def district(self) -> Area | None:
        return self.areas.district

    @property
    def region(self) -> Area | None:
        return self.areas.region

    @property
    def nation(self) -> Area | None:
        return self.areas.nation

    @property
    def unambiguous(self) -> bool:
        return self.kind in UNAMBIGUOUS


@dataclass(frozen=True)
class ReverseResult:
    """What lies around a point (SRID 4326).

    `within` says whether a boundary holds the point; on a shore or pier it is False and the areas
    are those within a kilometre. `more` holds what other finders know of the point.
    """

    location: Point
    within: bool
    areas: AdminAreas
    place: str = ""
    outcode: str = ""
    more: Mapping[str, object] = field(default_factory=dict)
