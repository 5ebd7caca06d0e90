"""The numbers beside the map: they add up, and say what choosing them would give."""

import datetime
import random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from geo.tiles.grid import Tile
from pledges.counts.totals import count, summary
from pledges.feed.search import MOST_MATCHES
from pledges.filters import PledgeFilters
from pledges.map.tiles import clusters
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge
from tests.pledges.questions import LANDMARKS, question


@pytest.fixture
def seven(ground, pledge, count_up) -> None:
    march = datetime.date(2014, 3, 3)
    pledge(organisation=ground.hospital, on=march, i_am=Pledge.IAm.NHS)
    pledge(organisation=ground.hospital, on=march, theme="staff", done=True)
    pledge(organisation=ground.clinic, theme="staff", who=Pledge.Who.TEAM)
    pledge(outcode="SO14", i_am=Pledge.IAm.PATIENT)
    pledge(region=ground.east, organisation=ground.hospital)
    pledge(region=ground.west, done=True)
    pledge("I will smile.")
    pledge(hidden=True)
    count_up()


def told(query: str = "") -> dict:
    return summary(PledgeFilters.parse(QueryDict(query)))


def test_the_whole_country(seven):
    found = told()
    assert found["total"] == 7
    assert found["on_map"] == 4
    assert found["not_on_map"] == {"region": 2, "none": 1}
    zero = {"integration": 0, "attitude": 0, "perspectives": 0, "patients": 0}
    assert found["facets"] == {
        "theme": {"care": 5, "staff": 2, **zero},
        "who": {"person": 6, "team": 1, "organisation": 0},
        "i_am": {"nhs": 1, "alongside": 0, "patient": 1, "public": 0},
        "status": {"open": 5, "done": 2},
    }


def test_the_others_of_a_facet_say_what_choosing_them_instead_would_give(seven):
    found = told("theme=staff&status=open")
    assert found["total"] == 1
    assert found["facets"]["theme"]["care"] == 4
    assert found["facets"]["status"] == {"open": 1, "done": 1}
    assert found["facets"]["who"] == {"person": 0, "team": 1, "organisation": 0}


@pytest.mark.parametrize(
    ("query", "total", "on_map", "region", "none"),
    [
        ("area=Y59", 3, 2, 1, 0),
        ("area=E92000001", 6, 4, 2, 0),
        ("area=E07000003", 1, 1, 0, 0),
        ("organisation=RXA", 3, 2, 1, 0),
        ("organisation=RXA&status=done", 1, 1, 0, 0),
        ("q=smile", 1, 0, 0, 1),
        ("since=2014-03-01&until=2014-03-31", 2, 2, 0, 0),
        ("since=2014-03-03&until=2014-03-03&theme=staff", 1, 1, 0, 0),
        ("until=2013-12-31", 0, 0, 0, 0),
        ("theme=perspectives", 0, 0, 0, 0),
    ],
)
def test_filters(seven, query, total, on_map, region, none):
    found = told(query)
    assert (found["total"], found["on_map"]) == (total, on_map)
    assert found["not_on_map"] == {"region": region, "none": none}
    assert count(PledgeFilters.parse(QueryDict(query))) == total


def test_what_is_in_view_does_not_change_the_numbers(seven):
    assert told("bbox=-2,50,0,51") == told()
    assert count(PledgeFilters.parse(QueryDict("bbox=-2,50,0,51"))) == 1


def test_the_number_of_an_organisation_is_the_same_everywhere(seven, ground):
    assert told("organisation=RXA")["total"] == 3
    assert count(PledgeFilters(organisation=ground.hospital)) == 3
    assert Organisation.objects.with_pledges().get(pk=ground.hospital.pk).pledge_count == 3
    assert Organisation.objects.with_pledges().get(pk=ground.nowhere.pk).pledge_count == 0


def test_nothing_yet(ground):
    found = told()
    assert (found["total"], found["on_map"], found["version"]) == (0, 0, 0)
    assert told("since=2014-01-01")["total"] == 0


@pytest.mark.parametrize("number", range(20))
def test_each_number_is_what_choosing_it_gives(seven, number):
    asked = QueryDict(question(random.Random(number), LANDMARKS))
    facets = summary(PledgeFilters.parse(asked))["facets"]
    for facet, values in facets.items():
        for word, number_of in values.items():
            chosen = asked.copy()
            chosen[facet] = word
            assert summary(PledgeFilters.parse(chosen))["total"] == number_of, (facet, word)


def test_the_page_asks_for_it(seven, client):
    answer = client.get("/map/summary.json?theme=staff")
    assert answer.json() == told("theme=staff")
    assert answer["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "theme=care&who=team&i_am=nhs",
        "area=Y59&since=2014-02-10",
        "organisation=RXA",
        "q=smile",
    ],
)
def test_a_fixed_number_of_queries(seven, query, django_assert_max_num_queries):
    filters = PledgeFilters.parse(QueryDict(query))
    with django_assert_max_num_queries(9):
        summary(filters)


def insert(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into pledges_pledge (text, who, show, team, display_name, outcode, demo,"
            " theme_id, created_at, confirmed_at) select 'penguins', 1, 4, '', '', '', false, 1,"
            " now(), now() from generate_series(1, %s)",
            [number],
        )


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("since=2014-03-03&until=2014-03-03", 2),
        ("since=2014-03-04", 5),
        ("until=2014-03-02", 0),
        ("since=2014-01-02&until=2014-12-30&status=done", 1),
        ("since=2014-03-02&until=2014-03-09&area=Y58", 2),
        ("since=2014-03-02&until=2014-03-09&area=Y58&theme=staff", 1),
    ],
)
def test_any_days_are_counted_from_the_books_alone(seven, query, number):
    filters = PledgeFilters.parse(QueryDict(query))
    with CaptureQueriesContext(connection) as captured:
        assert count(filters) == number
    assert len(captured) == 1
    assert "geo_ledger" in captured.captured_queries[0]["sql"]
    assert filters.apply(Pledge.objects.public()).count() == number


def test_words_are_counted_to_fifty_thousand_and_beyond_that_everybody_says_so(
    seven, count_up, client
):
    insert(MOST_MATCHES)
    while count_up():
        pass
    assert told("q=penguins")["total"] == MOST_MATCHES
    insert(1)
    count_up()
    found = told("q=penguins")
    assert (found["total"], found["more_than"]) == (None, MOST_MATCHES)
    filters = PledgeFilters(q="penguins")
    assert count(filters) is None
    assert clusters(filters, Tile(0, 0, 0)) == {
        "type": "FeatureCollection",
        "features": [],
        "more_than": MOST_MATCHES,
    }
    listed = client.get("/api/collections/pledges/items?q=penguins&limit=1").json()
    assert "numberMatched" not in listed
    assert listed["numberReturned"] == 1
    # The limit is of the words: what narrows them further does not make them countable.
    assert told("q=penguins&theme=staff")["total"] is None
    assert told("status=open")["total"] == MOST_MATCHES + 6
