"""Organisations from files into the tables: all or nothing, and again without harm."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from geo.geocoding.models import Postcode
from geo.loaders.datasets import DataRefused
from pledges.organisations.loaders import details, organisations
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge
from tests.pledges.test_organisations_reading import line

HEADER = ",".join(details.COLUMNS)


def silently(words: str) -> None:
    """A report that nobody reads."""


@pytest.fixture
def load(tmp_path, ground):
    """Write a register's file, and details if there are any, and load them."""

    def write_and_load(*lines: str, known: list[str] | None = None, **options) -> bool:
        path = tmp_path / "register.csv"
        path.write_text("\n".join(lines))
        besides = None
        if known is not None:
            besides = tmp_path / "details.csv"
            besides.write_text("\n".join([HEADER, *known]))
        return organisations.load(silently, path, besides, **options)

    return write_and_load


def test_an_organisation_stands_where_its_postcode_is(load, ground):
    load(line(postcode="so14  0aa"), kind="trust")
    found = Organisation.objects.get(code="RXZ")
    assert found.postcode == "SO14 0AA"
    assert found.location.coords == (-1.0, 50.5)
    assert (found.district, found.region) == (ground.cottleigh, ground.east)
    assert (found.kind, found.slug, found.demo) == ("trust", "zeal-hospital", False)


def test_a_terminated_postcode_still_places_an_organisation(load):
    load(line(postcode="SO14 0ZZ", closed="20150101"))
    assert Organisation.objects.get(code="RXZ").location.coords == (-0.5, 50.1)


def test_an_unknown_postcode_leaves_an_organisation_off_the_map_but_in_its_region(load, ground):
    load(line(postcode="ZZ1 1ZZ"))
    found = Organisation.objects.get(code="RXZ")
    assert found.location is None
    assert found.district is None
    assert found.region == ground.west
    assert found.postcode == "ZZ1 1ZZ"


def test_a_postcode_that_the_gazetteer_lost_keeps_the_place(load):
    load(line())
    Postcode.objects.filter(code="BS11AA").delete()
    load(line(), force=True)
    assert Organisation.objects.get(code="RXZ").location.coords == (-3.0, 51.0)


def test_the_same_file_again_changes_nothing_and_a_forced_one_makes_no_doubles(load):
    known = ["RXZ,trust,Old Name,Zeal Site,,,RXY,", "RXY,trust,,,,RXZ,,"]
    lines = [line(closed="20200101"), line(code="RXY", name="Zest Trust")]
    assert load(*lines, known=known)
    before = list(Organisation.objects.order_by("pk").values())
    assert not load(*lines, known=known)
    assert load(*lines, known=known, force=True)
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert Organisation.successors.through.objects.count() == 1


def test_new_postcodes_make_the_places_out_of_date(load):
    load(line())
    Postcode.objects.filter(code="BS11AA").update(location="SRID=4326;POINT(-3.5 51.5)")
    call_command("load_reference", force=True, verbosity=0)
    assert not load(line()), "themes are no places"
    organisations.remember("postcodes", "a newer list", 1)
    assert load(line())
    assert Organisation.objects.get(code="RXZ").location.coords == (-3.5, 51.5)


def test_one_faulty_line_and_nothing_is_loaded(load):
    with pytest.raises(DataRefused, match="line 2"):
        load(line(), line(code="RXY", opened="tomorrow"))
    assert not Organisation.objects.filter(code="RXZ").exists()


def test_a_successor_that_nobody_knows_undoes_the_load(load):
    with pytest.raises(DataRefused, match="line 2: RQQ is no other organisation"):
        load(line(), known=["RXZ,trust,,,,,RQQ,"])
    assert not Organisation.objects.filter(code="RXZ").exists()


def test_details_of_an_organisation_that_nobody_knows_undo_the_load(load):
    with pytest.raises(DataRefused, match="line 2: no organisation is RQQ"):
        load(line(), known=["RQQ,trust,,,,,,"])
    assert not Organisation.objects.filter(code="RXZ").exists()


def test_either_side_may_say_who_took_over(load):
    lines = [line(), line(code="RXY", name="Zest Trust"), line(code="RXX", name="Zoom Trust")]
    load(*lines, known=["RXZ,trust,,,,,RXY,", "RXX,trust,,,,RXZ,,"])
    zeal = Organisation.objects.get(code="RXZ")
    assert {later.code for later in zeal.successors.all()} == {"RXY", "RXX"}
    load(*lines, known=["RXZ,trust,,,,,RXY,"])
    assert [later.code for later in zeal.successors.all()] == ["RXY"]


def test_a_new_name_makes_the_old_one_a_former_name_and_keeps_the_address(load):
    load(line(name="ZEAL HOSPITAL"))
    load(line(name="ZEAL UNIVERSITY HOSPITAL"))
    found = Organisation.objects.get(code="RXZ")
    assert found.name == "Zeal University Hospital"
    assert found.former_names == ["Zeal Hospital"]
    assert found.slug == "zeal-hospital"
    assert Organisation.objects.called("zeal hospital").get() == found


def test_a_name_in_capitals_does_not_undo_a_careful_spelling(load):
    load(line(name="deVere Hospital"))
    load(line(name="DEVERE HOSPITAL"))
    found = Organisation.objects.get(code="RXZ")
    assert (found.name, found.former_names) == ("deVere Hospital", [])


def test_what_is_known_besides_outlives_a_newer_file_of_the_register(load):
    load(line(), known=["RXZ,community,Old Name,Zeal Site,zeal.example.org,,,"])
    load(line(closed="20260101"))
    found = Organisation.objects.get(code="RXZ")
    assert (found.kind, found.site_names) == ("community", ["Zeal Site"])
    assert found.email_domains == ["zeal.example.org"]
    assert found.closed.year == 2026


def test_two_of_one_name_have_two_addresses(load):
    load(line(), line(code="RXY"), line(code="", name="Zeal Charity"))
    slugs = set(Organisation.objects.filter(name__startswith="Zeal").values_list("slug", flat=True))
    assert slugs == {"zeal-hospital", "zeal-hospital-rxy", "zeal-charity"}


def test_one_without_a_code_is_known_again_by_its_name(load):
    load(line(code="", name="Zeal Charity"), known=["zeal-charity,other,Zeal Club,,,,,"])
    load(line(code="", name="Zeal Charity", postcode="SO1 4AA"))
    found = Organisation.objects.get(slug="zeal-charity")
    assert (found.code, found.former_names) == (None, ["Zeal Club"])
    assert found.location.coords == (-1.0, 51.5)


def test_an_organisation_that_moves_takes_its_pledges_along(load, ground, pledge, count_up):
    load(line(postcode="BS1 1AA"))
    zeal = Organisation.objects.get(code="RXZ")
    at_zeal = pledge(organisation=zeal)
    by_region = pledge(organisation=zeal, show=Pledge.Show.REGION, region=ground.west)
    count_up()
    load(line(postcode="SO14 0AA"))
    at_zeal.refresh_from_db()
    assert at_zeal.location.coords == (-1.0, 50.5)
    assert (at_zeal.district, at_zeal.region) == (ground.cottleigh, ground.east)
    by_region.refresh_from_db()
    assert (by_region.location, by_region.region) == (None, ground.west)
    assert count_up() == 2, "the counts are told: one away, one to"
    load(line(postcode="SO14 0AA"), force=True)
    assert count_up() == 0, "nothing has moved"


def test_the_command_tells_what_it_did_and_why_it_did_not(ground, tmp_path, capsys):
    path = tmp_path / "register.csv"
    path.write_text(line(postcode="ZZ1 1ZZ"))
    call_command("load_organisations", path, kind="trust")
    told = capsys.readouterr().out
    assert "line 1: Zeal Hospital: its postcode (ZZ11ZZ) is unknown." in told
    assert "1 loaded, 1 not on the map, 0 moved." in told
    path.write_text("broken")
    with pytest.raises(CommandError, match="line 1: 1 columns, 27 are wanted"):
        call_command("load_organisations", path)
