"""Where a pledge is shown: the one rule that people's pledges and the demo's both follow.

What a person typed is only ever turned into an outcode or a region; the point shown for an
outcode is that of some other postcode, drawn by the pledge's number, so that it says nothing of
what was typed.
"""

from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.db.models.functions import Length

from geo.areas import lookup
from geo.areas.models import Area
from geo.core.errors import BadParameter, PlaceNotFound
from geo.geocoding.models import Outcode, Postcode
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge


@dataclass(frozen=True)
class PublicPlace:
    """All that is kept of a place: a point in public view or none, and the areas counted."""

    location: Point | None = None
    district: Area | None = None
    region: Area | None = None
    outcode: str = ""


def public_place(
    show: Pledge.Show,
    key: int,
    *,
    organisation: Organisation | None = None,
    outcode: str = "",
    region: Area | None = None,
) -> PublicPlace:
    """Return the place for a choice; BadParameter or PlaceNotFound where it cannot be shown."""
    if show == Pledge.Show.ORGANISATION:
        if organisation is None or organisation.location is None:
            raise BadParameter("show", "the organisation has no place on the map")
        return PublicPlace(organisation.location, organisation.district, organisation.region)
    if show == Pledge.Show.OUTCODE:
        return _outcode_place(outcode, key)
    return PublicPlace(region=region) if show == Pledge.Show.REGION else PublicPlace()


def draw(key: int, choices: int) -> int:
    """Return a number below `choices`, the same for the same key: Knuth's multiplicative hash."""
    return key * 2_654_435_761 % 2**32 % choices


def _outcode_place(code: str, key: int) -> PublicPlace:
    outcode = Outcode.objects.filter(code=code).first()
    if outcode is None:
        raise PlaceNotFound(f"There is no outcode {code}.")
    areas = lookup.of_code(outcode.district_code, code, outcode.location)
    # SO1 is the beginning of SO14 too: a postcode of this outcode has three letters more.
    postcodes = (
        Postcode.objects.filter(code__startswith=code, live=True)
        .annotate(length=Length("code"))
        .filter(length=len(code) + 3, district_code=outcode.district_code)
        .order_by("code")
    )
    choices = postcodes.count() if areas.district else 0
    location = postcodes[draw(key, choices)].location if choices else outcode.location
    return PublicPlace(location, areas.district, areas.region, code)
