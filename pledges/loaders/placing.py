"""Place organisations by their postcodes, and their pledges with them."""

import hashlib
from collections.abc import Iterable
from typing import Self

from django.db.models import Q

from geo.loaders.datasets import loaded_version
from geo.models import Area, Postcode
from geo.regions import Regions
from pledges.loaders.ods import Entry
from pledges.models import Organisation, Pledge


def version() -> str:
    """What the places depend on: it changes when postcodes or areas are loaded anew."""
    gazetteer = f"{loaded_version('postcodes')}\n{loaded_version('areas')}"
    return f"gazetteer {hashlib.sha256(gazetteer.encode()).hexdigest()[:16]}"


class Places:
    """Where postcodes are, and in which areas."""

    def __init__(self, regions: Regions) -> None:
        self._regions = regions
        self._named = {area.code: area for area in Area.objects.regions().without_boundaries()}

    @classmethod
    def read(cls) -> Self:
        return cls(Regions.read())

    def find(self, codes: Iterable[str]) -> dict[str, Postcode]:
        """The gazetteer's postcodes, live or terminated, by code."""
        return Postcode.objects.in_bulk([code for code in codes if code])

    def place(self, organisation: Organisation, entry: Entry, found: Postcode | None) -> None:
        """Set postcode, point, district and region.

        A register knows addresses that the gazetteer does not: such an organisation keeps the
        place it has if its postcode is the same, else it has none, but for the region of its file.
        """
        postcode = f"{entry.postcode[:-3]} {entry.postcode[-3:]}".strip()
        if found is None and organisation.pk and organisation.postcode == postcode:
            return
        organisation.postcode = str(found or postcode)
        if found is None:
            organisation.location = organisation.district = None
            organisation.region = self._named.get(entry.grouping)
        else:
            organisation.location = found.location
            organisation.district, organisation.region = self._regions.of(
                found.code, found.district_code
            )


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
