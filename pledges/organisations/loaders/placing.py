"""Place organisations by their postcodes, and their pledges with them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.db.models import Q

from geo.areas import lookup
from geo.areas.lookup import CodedPlace
from geo.areas.models import Area
from geo.geocoding.models import Postcode
from geo.loaders.datasets import loaded_version
from pledges.organisations.loaders.ods import Entry
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge


def version() -> str:
    """What the places depend on: it changes when postcodes or areas are loaded anew."""
    gazetteer = f"{loaded_version('postcodes')}\n{loaded_version('areas')}"
    return f"gazetteer {hashlib.sha256(gazetteer.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class Spot:
    """Where a postcode is, as the gazetteer writes it, and the areas that its code gives it."""

    postcode: str
    location: Point
    district: Area | None
    region: Area | None


def find(codes: Iterable[str]) -> dict[str, Spot]:
    """The postcodes that the gazetteer has, live or terminated, by code; at most four queries."""
    found = list(Postcode.objects.filter(pk__in=[code for code in codes if code]))
    coded = [
        CodedPlace(postcode.district_code, postcode.code, postcode.location) for postcode in found
    ]
    areas = lookup.of_codes(coded) if coded else []
    return {
        postcode.code: Spot(str(postcode), postcode.location, held.district, held.region)
        for postcode, held in zip(found, areas, strict=True)
    }


def place(
    organisation: Organisation, entry: Entry, spot: Spot | None, regions: Mapping[str, Area]
) -> None:
    """Set postcode, point, district and region; `regions` are all of them by code.

    A register knows addresses that the gazetteer does not: such an organisation keeps the place it
    has if its postcode is the same, else it has none, but for the region of its file.
    """
    postcode = f"{entry.postcode[:-3]} {entry.postcode[-3:]}".strip()
    if spot is None and organisation.pk and organisation.postcode == postcode:
        return
    organisation.postcode = spot.postcode if spot else postcode
    organisation.location = spot.location if spot else None
    organisation.district = spot.district if spot else None
    organisation.region = spot.region if spot else regions.get(entry.grouping)


def bring_pledges_along(organisations: Iterable[Organisation]) -> int:
    """Move pledges shown at an organisation to where it now is; answer how many moved."""
    moved = 0
    for organisation in organisations:
        if organisation.location is None:
            continue
        elsewhere = ~Q(location=organisation.location)
        for area in ("district", "region"):
            wanted = getattr(organisation, area)
            elsewhere |= ~Q(**{area: wanted}) if wanted else Q(**{f"{area}__isnull": False})
        shown_there = Pledge.objects.filter(
            organisation=organisation, show=Pledge.Show.ORGANISATION
        )
        moved += shown_there.filter(elsewhere).update(
            location=organisation.location,
            district=organisation.district,
            region=organisation.region,
        )
    return moved
