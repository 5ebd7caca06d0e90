"""The organisations that come with the project, in the tables, on the true gazetteer."""

import csv
from collections import Counter

import numpy as np
import pytest
from django.contrib.gis.geos import Point
from django.core.management import call_command

from geo.areas.models import Area, Edition, RegionException
from geo.geocoding.models import Postcode
from geo.loaders import areas, postcode_files
from pledges.organisations import search
from pledges.organisations.loaders import organisations
from pledges.organisations.models import Organisation
from tests.factories import make_area, square

ANYWHERE = (-1.0, 51.0, 0.0, 52.0)


@pytest.fixture(scope="module")
def wanted() -> dict[str, str]:
    """Postcodes of the shipped file, without spaces, and the region that it names for each."""
    with organisations.ORGANISATIONS.open(newline="", encoding="utf-8") as lines:
        return {row[9].replace(" ", ""): row[2] for row in csv.reader(lines)}


@pytest.fixture(scope="module")
def postcodes(wanted) -> list[Postcode]:
    """What the data packages hold of these postcodes."""
    codes = np.array(list(wanted), "S7")
    found = []
    for letter in sorted({code[0] for code in wanted}):
        read = postcode_files.read(letter, northern_ireland=True)
        chosen = np.isin(read.code, codes)
        columns = (read.code, read.longitude, read.latitude, read.district, read.live)
        for code, x, y, district, live in zip(*(c[chosen] for c in columns), strict=True):
            point = Point(float(x), float(y), srid=4326)
            found.append(Postcode(code.decode(), point, district.decode(), bool(live)))
    return found


@pytest.fixture
def gazetteer(db, postcodes) -> None:
    """These postcodes, and the shipped areas by their codes; their shapes decide nothing here."""
    Postcode.objects.bulk_create(postcodes)
    regions = {
        row["code"]: make_area("region", row["code"], row["name"], ANYWHERE)
        for row in table("regions.csv")
    }
    edition = Edition.objects.get()
    shape = square(*ANYWHERE)
    Area.objects.bulk_create(
        Area(
            kind=Area.Kind.DISTRICT,
            code=row["district_code"],
            name=row["name"],
            parent=regions[row["region_code"]],
            edition=edition,
            boundary=shape,
            label=shape.centroid,
        )
        for row in table("district_regions.csv")
    )
    districts = {area.code: area for area in Area.objects.districts()}
    RegionException.objects.bulk_create(
        RegionException(
            district=districts[row["district_code"]],
            postcode_area=row["postcode_area"],
            region=regions[row["region_code"]],
        )
        for row in table("region_exceptions.csv")
    )


def table(name: str) -> list[dict[str, str]]:
    with (areas.FOLDER / name).open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def shipped(gazetteer) -> None:
    call_command("load_organisations", verbosity=0)


def test_every_postcode_is_in_the_gazetteer(wanted, postcodes):
    assert {postcode.code for postcode in postcodes} == set(wanted)


def test_every_organisation_is_on_the_map_in_the_region_that_its_register_names(shipped, wanted):
    found = Organisation.objects.with_areas()
    assert found.count() >= 60
    elsewhere = [
        (organisation.public_code, organisation.region)
        for organisation in found
        if organisation.location is None
        or organisation.region.code != wanted[organisation.postcode.replace(" ", "")]
    ]
    assert elsewhere == []


def test_every_region_has_some_that_are_open(shipped):
    regions = Counter(Organisation.objects.open().values_list("region__code", flat=True))
    assert len(regions) == 10
    assert min(regions.values()) >= 3


def test_the_exception_decides_for_the_south_of_cumbria(shipped):
    bay = Organisation.objects.with_areas().get(code="RTX")
    assert bay.district.parent.code == "Y63", "the district's own region"
    assert bay.region.code == "Y62", "the region of its postcodes that begin with LA"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Southmead Hospital", "RA7"),
        ("north bristol nhs trust", "RVJ"),
        ("Salford Royal", "RM3"),
        ("guys and st thomas", "RJ1"),
        ("Guy’s and Saint Thomas’", "RJ1"),
        ("Derbyshire Healthcare", "RXM"),
        ("South Essex Partnership", "RWN"),
        ("somerset partnership nhs foundation trust", "RH5"),
        ("rxm", "RXM"),
        ("addenbrookes", "RGT"),
        ("adenbrokes hospital", "RGT"),
    ],
)
def test_people_find_an_organisation_by_what_they_call_it(shipped, words, code):
    assert search.organisations(words)[0].public_code == code


def test_what_became_of_those_that_ended_is_told(shipped):
    became = {
        organisation.code: {later.code for later in organisation.successors.all()}
        for organisation in Organisation.objects.filter(closed__isnull=False)
    }
    assert became["RVJ"] == {"RA7"}
    assert became["RW6"] == {"R0A", "RM3"}
    assert all(became.values()), "each of them has successors"


def test_without_the_postcodes_of_northern_ireland_its_trusts_keep_their_region(gazetteer):
    Postcode.objects.filter(code__startswith="BT").delete()
    call_command("load_organisations", verbosity=0)
    trusts = Organisation.objects.filter(region__code="N92000002")
    assert trusts.count() == 6
    assert not trusts.on_map().exists()
