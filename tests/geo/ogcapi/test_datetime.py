"""The standard's `datetime`: instants, days and intervals, in the days of London."""

import datetime

import pytest

from geo.core.errors import BadParameter
from geo.ogcapi.query import FIRST, LAST, days
from tests.geo.ogcapi.conftest import COLLECTIONS

PLEDGES = "collections/pledges/items"


def day(text: str | None) -> datetime.date | None:
    return text and datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2014-03-03", "2014-03-03", "2014-03-03"),
        ("2014-03-03T09:00:00Z", "2014-03-03", "2014-03-03"),
        ("2014-03-03t09:00:00.123456789z", "2014-03-03", "2014-03-03"),
        ("2014-07-03T23:30:00Z", "2014-07-04", "2014-07-04"),  # summer time in London
        ("2014-03-03T23:30:00-05:00", "2014-03-04", "2014-03-04"),
        ("2014-03-03/2014-03-31", "2014-03-03", "2014-03-31"),
        ("2014-03-03T00:00:00Z/2014-03-31T12:00:00Z", "2014-03-03", "2014-03-31"),
        ("../2014-03-31", None, "2014-03-31"),
        ("/2014-03-31", None, "2014-03-31"),
        ("2014-03-03/..", "2014-03-03", None),
        ("2014-03-03/", "2014-03-03", None),
        ("../..", None, None),
        ("0001-01-01T00:00:00+14:00/9999-12-31T23:59:59-12:00", str(FIRST), str(LAST)),
        ("0001-01-01/9999-12-31", str(FIRST), str(LAST)),
    ],
)
def test_what_is_understood(asked, first, last):
    assert days(asked) == (day(first), day(last))


NONSENSE = [
    "",
    "/",
    "..",
    "now",
    "2014",
    "2014-03",
    "2014-02-30",
    "2014-13-01",
    "20140303",
    "2014-W10-1",
    "2014-03-03T09:00",
    "2014-03-03T09:00:00",  # RFC 3339 has no moment without a zone
    "2014-03-03T25:00:00Z",
    "2014-03-03 09:00:00Z",
    "2014-03-03T09:00:0012Z",
    "2014-03-03T09:00:00+99:99",
    "2014-03-03/2014-03-04/2014-03-05",
    "2014-03-04/2014-03-03",
    "P1D/2014-03-03",
    "٢٠١٤-٠٣-٠٣",
    "2014-03-03\x00",
    "nan/inf",
    "'; drop table pledges_pledge; --",
    "2014-03-03/" + "9" * 10_000,
]


@pytest.mark.parametrize("asked", NONSENSE)
def test_what_is_refused(asked):
    with pytest.raises(BadParameter, match=r"^datetime: "):
        days(asked)


def test_it_is_refused_of_every_collection(db, ask):
    for asked in NONSENSE:
        for name in COLLECTIONS:
            assert ask(f"collections/{name}/items", datetime=asked).status_code == 400, asked


@pytest.fixture
def three(pledge) -> list[int]:
    """Pledges of 2 March, 3 March and 4 July 2014, the last half past midnight in London."""
    late = datetime.datetime(2014, 7, 3, 23, 30, tzinfo=datetime.UTC)
    made = (datetime.date(2014, 3, 2), datetime.date(2014, 3, 3), late)
    return [pledge(on=on).pk for on in made]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("datetime=2014-03-03", [1]),
        ("datetime=2014-03-03T00:00:01Z", [1]),
        ("datetime=2014-07-04", [2]),
        ("datetime=2014-07-03", []),
        ("datetime=2014-03-03/..", [1, 2]),
        ("datetime=../2014-03-03", [0, 1]),
        ("datetime=../..", [0, 1, 2]),
        ("datetime=1066-10-14/1815-06-18", []),
        ("datetime=../2014-03-03&since=2014-03-03", [1]),
        ("datetime=2014-03-03/..&until=2014-03-03", [1]),
        ("datetime=2014-01-01/2014-12-31&since=2014-03-03&until=2014-03-31", [1]),
        ("since=2014-07-04", [2]),
    ],
)
def test_pledges_of_those_days_are_found(asked, found, three, count_up, ask):
    count_up()
    answer = ask(f"{PLEDGES}?{asked}").json()
    assert sorted(feature["id"] for feature in answer["features"]) == [three[i] for i in found]
    assert answer["numberMatched"] == len(found)


def test_days_that_do_not_meet_are_refused_as_a_span_that_ends_before_it_begins(db, ask):
    assert ask(f"{PLEDGES}?datetime=2014-03-03&since=2015-01-01").status_code == 400


def test_what_has_no_time_matches_at_any_time(full, ask):
    for name in ("organisations", "hubs", "districts", "regions"):
        everything = ask(f"collections/{name}/items").json()["numberMatched"]
        then = ask(f"collections/{name}/items", datetime="1901-01-01/1902-01-01").json()
        assert then["numberMatched"] == everything > 0
