"""Reading parameters: what is understood, and what is refused with a sentence."""

import datetime
import json

import pytest
from django.contrib.gis.geos import MultiPolygon
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from geo.core import params
from geo.core.errors import BadParameter, UnknownParameter

NOT_NUMBERS = ["", "x", "1,5", "0x10", "--1", "1e999", "nan", "NaN", "inf", "-Infinity", "١٢x"]


def box(value: str):
    return params.bbox({"bbox": value})


def test_a_box_is_read_in_the_order_of_the_standard():
    found = box("-4,50,-2.5,52")
    assert found.extent == (-4, 50, -2.5, 52)
    assert found.srid == 4326


def test_heights_of_a_box_are_ignored():
    assert box("-4,50,0,-2,52,1000").extent == (-4, 50, -2, 52)


def test_a_box_on_greenwich_and_the_equator_is_a_box():
    assert box("0,0,0,0").extent == (0, 0, 0, 0)


def test_no_box():
    assert params.bbox({}) is None
    assert box("") is None


def test_a_box_across_the_antimeridian_becomes_two():
    found = box("170,-10,-170,10")
    assert isinstance(found, MultiPolygon)
    assert [part.extent for part in found] == [(170, -10, 180, 10), (-180, -10, -170, 10)]


@pytest.mark.parametrize(
    "value",
    [
        "-4,50,-2",
        "-4,50,-2,52,1",
        "-4;50;-2;52",
        "-2,50,-4,52",  # west and east swapped
        "-4,52,-2,50",  # south and north swapped
        "-181,50,-2,52",
        "-4,50,-2,90.1",
        "1e400,50,-2,52",
        "null,null,null,null",
        *(f"{word},50,0,52" for word in NOT_NUMBERS),
        *(f"-4,{word},0,52" for word in NOT_NUMBERS),
    ],
)
def test_what_is_no_box_is_refused(value):
    with pytest.raises(BadParameter, match=r"^bbox: "):
        box(value)


@given(
    west=st.floats(-180, 180), east=st.floats(-180, 180), south=st.floats(-90, 90), up=st.floats(0)
)
def test_a_box_comes_back_from_its_own_words(west, east, south, up):
    """Answers are kept under this text, so that no digit may be lost."""
    west, east = min(west, east), max(west, east)
    north = min(south + up, 90)
    read = box(f"{west!r},{south!r},{east!r},{north!r}")
    assert read.extent == (west, south, east, north)
    assert box(params.bbox_text(read)).extent == read.extent


def test_two_boxes_come_back_from_their_own_words():
    read = box("170.25,-10,-170,10")
    assert params.bbox_text(read) == "170.25,-10,-170,10"


@pytest.mark.parametrize("value", ["\0", "a\0b", "a\nb", "\x7f", "\ufffd", "x" * 201])
def test_text_that_no_database_can_hold_is_refused(value):
    with pytest.raises(BadParameter, match=r"^q: "):
        params.text({"q": value}, "q")


def test_half_of_a_surrogate_pair_is_no_text():
    with pytest.raises(BadParameter):
        params.text({"q": "\ud800"}, "q")


@pytest.mark.parametrize("value", ["%FF", "%C3%28", "%ED%A0%80", "%00"])
def test_broken_bytes_of_an_address_are_refused(value):
    with pytest.raises(BadParameter):
        params.text(QueryDict(f"q={value}"), "q")


@pytest.mark.parametrize("value", ["Ynys Môn", "<b>", "' or 1=1 --", "👩🏽‍⚕️", "x" * 200, "%"])
def test_any_words_are_words(value):
    assert params.text({"q": value}, "q") == value


def test_text_is_trimmed_and_may_be_absent():
    assert params.text({"q": "  kind "}, "q") == "kind"
    assert params.text({}, "q") == ""
    assert params.text({}, "q", "kind") == "kind"


def test_a_list_keeps_its_order_and_loses_repeats_and_gaps():
    assert params.words({"theme": "staff, care,,staff"}, "theme") == ("staff", "care")
    assert params.words({"theme": " , "}, "theme") == ()


def test_a_list_is_bounded():
    many = ",".join(str(number) for number in range(51))
    with pytest.raises(BadParameter, match="more than 50"):
        params.words({"theme": many}, "theme")


@pytest.mark.parametrize("value", [*NOT_NUMBERS, "1.0001", "-0.5"])
def test_numbers_are_finite_and_in_range(value):
    with pytest.raises(BadParameter):
        params.number("n", value, 0, 1)


@pytest.mark.parametrize(
    "value", [*NOT_NUMBERS, "1.0", " 1", "1_000", "²", "١", "9" * 30, "-", "0"]
)
def test_whole_numbers_are_ascii_digits_in_range(value):
    with pytest.raises(BadParameter):
        params.integer("n", value, 1, 10**18)


def test_whole_numbers():
    assert [params.integer("n", value, -5, 5) for value in ("-5", "0", "05")] == [-5, 0, 5]


def test_a_limit_above_the_maximum_is_clamped_as_the_standard_asks():
    assert params.limit({}, 10, 1000) == 10
    assert params.limit({"limit": "7"}, 10, 1000) == 7
    assert params.limit({"limit": "9" * 40}, 10, 1000) == 1000


@pytest.mark.parametrize("value", ["0", "-1", "", "ten", "1.5", "nan", "1e3", "9" * 201])
def test_a_limit_of_zero_or_less_or_no_number_is_refused(value):
    with pytest.raises(BadParameter, match=r"^limit: "):
        params.limit({"limit": value}, 10, 1000)


def test_a_point_at_zero_is_a_point():
    assert params.point({"lat": "0", "lon": "0"}).coords == (0, 0)
    assert params.point({"lat": "51.5", "lon": "-0.1"}).coords == (-0.1, 51.5)


@pytest.mark.parametrize(
    ("lat", "lon", "named"),
    [
        ("", "0", "lat"),
        ("0", "", "lon"),
        ("91", "0", "lat"),
        ("0", "nan", "lon"),
        ("x", "0", "lat"),
    ],
)
def test_a_point_is_refused_by_the_name_of_what_is_wrong(lat, lon, named):
    with pytest.raises(BadParameter, match=f"^{named}: "):
        params.point({"lat": lat, "lon": lon})


def test_days():
    assert params.day({"since": "2014-03-03"}, "since") == datetime.date(2014, 3, 3)
    assert params.day({}, "since") is None
    assert params.day({"since": ""}, "since") is None


@pytest.mark.parametrize(
    "value", ["2014-02-30", "03/03/2014", "2014-3-3", "yesterday", "0001-01-01", "9999-12-31", "\0"]
)
def test_what_is_no_day_is_refused(value):
    with pytest.raises(BadParameter, match=r"^since: "):
        params.day({"since": value}, "since")


def test_unknown_names_are_answered_with_the_known_ones():
    with pytest.raises(UnknownParameter) as raised:
        params.reject_unknown(QueryDict("theme=care&colour=red&zoom=1"), ("theme", "who"))
    assert raised.value.description == "Unknown parameter: colour, zoom. Valid ones: theme, who."


def test_an_unknown_name_comes_back_short_and_harmless():
    with pytest.raises(UnknownParameter) as raised:
        params.reject_unknown(QueryDict(f"a%00b%ff{'c' * 10_000}=1"), ("theme",))
    assert len(raised.value.description) < 200
    assert "\0" not in raised.value.description
    json.dumps(raised.value.description).encode()
