"""Which district belongs to which region: the rule is data that an operator can correct.

`regions.csv` and `district_regions.csv` give every district its region. `region_exceptions.csv`
names the postcode areas of a district that belong to another one: the NHS divides Cumbria between
two regions along a line that the districts of 2023 do not follow.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Region(NamedTuple):
    """A row of `regions.csv`."""

    code: str
    name: str
    name_cy: str
    nation_code: str


class District(NamedTuple):
    """A row of `district_regions.csv`.

    `boundary_code` is the code by which the file of district polygons knows it, which is older
    where a district has been given a new code since.
    """

    district_code: str
    boundary_code: str
    name: str
    name_cy: str
    nation_code: str
    region_code: str


class RegionException(NamedTuple):
    """A row of `region_exceptions.csv`: postcodes of one area inside one district."""

    district_code: str
    postcode_area: str
    region_code: str


class Unit(NamedTuple):
    """The smallest piece that both a district and a region are made of."""

    district: str
    region: str


@dataclass(frozen=True)
class RegionRule:
    """The rule as a whole, keyed by code."""

    regions: dict[str, Region]
    districts: dict[str, District]
    exceptions: dict[tuple[str, str], str]

    @classmethod
    def read(cls, folder: Path) -> "RegionRule":
        """Read the three files. Raises ValueError naming the first row that contradicts another."""
        regions = {row.code: row for row in _unique(folder / "regions.csv", Region)}
        districts = {
            row.district_code: row for row in _unique(folder / "district_regions.csv", District)
        }
        for district in districts.values():
            region = regions.get(district.region_code)
            if region is None:
                raise ValueError(f"{district.name}: no region has code {district.region_code}.")
            if region.nation_code != district.nation_code:
                raise ValueError(f"{district.name} and {region.name} are in different nations.")
        exceptions = {}
        for row in _rows(folder / "region_exceptions.csv", RegionException):
            if row.district_code not in districts or row.region_code not in regions:
                raise ValueError(f"Exception for an unknown district or region: {row}.")
            exceptions[row.district_code, row.postcode_area] = row.region_code
        return cls(regions, districts, exceptions)

    def region_of(self, district_code: str, postcode_area: str) -> str:
        """Region of a postcode. Raises KeyError for a district that the rule does not know."""
        district = self.districts[district_code]
        return self.exceptions.get((district_code, postcode_area), district.region_code)

    def units(self) -> list[Unit]:
        """Every combination of district and region that occurs, in a fixed order."""
        own = {Unit(code, district.region_code) for code, district in self.districts.items()}
        split = {Unit(code, region) for (code, _), region in self.exceptions.items()}
        return sorted(own | split)


def _rows(path: Path, shape: type) -> Iterator:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield shape(**row)


def _unique(path: Path, shape: type) -> Iterator:
    """Rows of a file whose first column is a key. Raises ValueError for one that occurs twice."""
    seen = set()
    for row in _rows(path, shape):
        if row[0] in seen:
            raise ValueError(f"{path.name} names {row[0]} twice.")
        seen.add(row[0])
        yield row
