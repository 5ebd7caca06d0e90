"""Which region a postcode belongs to: by its own district, with the exceptions."""

import re
from typing import Self

from geo.models import Area, RegionException

POSTCODE_AREA = re.compile(r"[A-Z]{1,2}")


class Regions:
    """The rule, held in memory for many postcodes: where geometry differs, the code decides."""

    def __init__(
        self,
        districts: dict[str, Area],
        regions: dict[int, Area],
        exceptions: dict[tuple[int, str], int],
    ) -> None:
        self._districts, self._regions, self._exceptions = districts, regions, exceptions

    @classmethod
    def read(cls) -> Self:
        """Read all districts, regions and exceptions, in three queries, without boundaries."""
        exceptions = RegionException.objects.values_list("district", "postcode_area", "region")
        return cls(
            districts={a.code: a for a in Area.objects.districts().without_boundaries()},
            regions={a.pk: a for a in Area.objects.regions().without_boundaries()},
            exceptions={(district, area): region for district, area, region in exceptions},
        )

    def of(self, postcode: str, district_code: str) -> tuple[Area | None, Area | None]:
        """District and region of a postcode, or of a part of one that begins with its letters."""
        district = self._districts.get(district_code)
        if district is None:
            return None, None
        letters = POSTCODE_AREA.match(postcode)
        key = (district.pk, letters.group() if letters else "")
        return district, self._regions.get(self._exceptions.get(key, district.parent_id))
