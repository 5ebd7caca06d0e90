"""How well boundaries agree with codes, on squares: eight postcodes that can be counted by hand."""

import csv
import io

import pytest
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command

from geo.geocoding.models import Postcode
from geo.loaders import coverage
from geo.loaders.coverage import Agreement
from geo.loaders.datasets import DataMissing, DataRefused

pytestmark = pytest.mark.usefixtures("country")

# Southampton's square is -1.5 to -1.3 by 50.8 to 51.0, its region's -1.9 to -0.5 by 50.5 to 51.2.
PLACED = [
    ("QA11AA", -1.4, 50.9, "E06000045", True),
    ("QA11AB", -1.4, 50.9, "E06000045", True),
    ("QA11AD", -1.4, 50.9, "E06000045", True),
    # Off the district's edge in its region, held by no district: nearest is right.
    ("QA11AE", -1.51, 50.9, "E06000045", True),
    # Off every edge: nearest is right for both.
    ("QA11AF", -1.4, 50.49, "E06000045", True),
    # In Leeds: wrong for both.
    ("QA11AG", -1.55, 53.8, "E06000045", True),
    # Of no known district, or terminated: not counted.
    ("QA11AH", -1.4, 50.9, "E99999999", True),
    ("QA11AJ", -1.55, 53.8, "E06000045", False),
]


@pytest.fixture
def _placed(country) -> None:
    Postcode.objects.all().delete()
    Postcode.objects.bulk_create(
        Postcode(code=code, location=Point(x, y, srid=4326), district_code=district, live=live)
        for code, x, y, district, live in PLACED
    )


@pytest.mark.usefixtures("_placed")
@pytest.mark.parametrize(
    ("kind", "inside", "nearest"),
    # The fifth lies 0.08 degrees south of the Isle of Wight's square and 0.31 of Southampton's.
    [("region", 4, 1), ("district", 3, 1)],
)
def test_postcodes_are_counted_inside_and_nearest(kind, inside, nearest):
    assert coverage.of_postcodes(kind) == Agreement(kind, 6, inside, nearest)


@pytest.mark.parametrize(
    ("kind", "inside", "nearest", "enough"),
    [
        ("region", 9980, 18, True),
        ("region", 9979, 20, False),
        ("region", 9990, 7, False),
        ("district", 9960, 10, True),
        ("district", 9959, 41, False),
        ("district", 9960, 9, False),
    ],
)
def test_thresholds(kind, inside, nearest, enough):
    assert Agreement(kind, 10_000, inside, nearest).enough is enough


def test_no_postcodes_are_not_enough():
    assert not Agreement("region", 0, 0, 0).enough


def test_exceptions_say_the_region_of_a_code():
    """Barrow's postcode is North West, by the exception as by its square; its district is not."""
    Postcode.objects.exclude(code="LA139AA").delete()
    assert coverage.of_postcodes("region") == Agreement("region", 1, 1, 0)


@pytest.mark.usefixtures("_placed")
def test_the_command_prints_shares_and_fails_below_the_thresholds():
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_coverage", stdout=out)
    assert "region: 6 live postcodes, 66.67% inside (at least 99.80%), 83.33%" in out.getvalue()


def test_the_command_passes_where_all_agree():
    Postcode.objects.exclude(code__in=["SO140AA", "SO147DU"]).delete()
    out = io.StringIO()
    call_command("check_coverage", stdout=out)
    assert "district: 2 live postcodes, 100.00% inside" in out.getvalue()


@pytest.fixture
def ods(tmp_path):
    """Write an ODS file with a row for each code, region and postcode, and return its path."""

    def write(*rows: tuple[str, str, str], columns: int = 27):
        path = tmp_path / "etr.csv"
        with path.open("w", newline="") as lines:
            for code, region, postcode in rows:
                cells = [""] * columns
                cells[0], cells[2], cells[9 % columns] = code, region, postcode
                csv.writer(lines, quoting=csv.QUOTE_ALL).writerow(cells)
        return path

    return write


def test_organisations_of_a_file_are_in_the_region_it_names(ods):
    out = io.StringIO()
    path = ods(("RHM", "Y59", "SO14 0AA"), ("RR8", "Y63", "ls1 4dy"), ("7A4", "W00", "CF10 3NQ"))
    call_command("check_coverage", ods=path, stdout=out)
    assert out.getvalue() == "2 of 2 organisations are in the region named\n"


def test_those_that_are_not_are_named(ods):
    out = io.StringIO()
    path = ods(("RHM", "Y56", "SO14 0AA"), ("RR8", "Y63", "ZZ1 1ZZ"))
    with pytest.raises(CommandError):
        call_command("check_coverage", ods=path, stdout=out)
    assert out.getvalue().splitlines() == [
        "RHM, SO14 0AA: Y56 said, Y59 found",
        "RR8, ZZ1 1ZZ: Y63 said, no region found",
        "0 of 2 organisations are in the region named",
    ]


def test_a_file_of_another_layout_is_refused(ods):
    with pytest.raises(DataRefused, match="line 1: 12 columns"):
        list(coverage.of_organisations(ods(("RHM", "Y59", "SO14 0AA"), columns=12)))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataMissing, match=r"nowhere\.csv"):
        list(coverage.of_organisations(tmp_path / "nowhere.csv"))
