"""The pages: what they show, for every place and question, and what they refuse."""

import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from geo.areas.models import Population
from hubs.dashboards.dashboard import build
from hubs.dashboards.query import DashboardQuery
from pledges.counts.authors import count_authors
from tests.hubs.dashboards.conftest import QUESTIONS

PLACES = ("areas/UK", "areas/E92000001", "areas/Y59", "areas/E07000003", "organisations/RXA")


def page(client: Client, place: str, query: str = "") -> str:
    answer = client.get(f"/{place}/dashboard/?{query}")
    assert answer.status_code == 200, answer.headers.get("Location")
    return answer.content.decode()


def cells(html: str) -> list[str]:
    """All cells of all tables, in order, as their words."""
    found = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html, re.DOTALL)
    return [re.sub(r"<[^>]+>|\s+", " ", cell).strip() for cell in found]


@pytest.mark.parametrize("place", PLACES)
def test_every_place_answers_every_question(some, client, place):
    for query in (*QUESTIONS, "group=theme", "step=year&group=who&compare=Y58", "group=done"):
        html = page(client, place, query)
        assert html.count("<h1") == 1
        assert not re.search(r"\bNaN\b", re.sub('nonce="[^"]*"', "", html))


@pytest.mark.parametrize("place", PLACES)
def test_a_place_without_anything(ground, client, place):
    html = page(client, place)
    assert "No pledge was made in this time." in html
    assert "No story has been told" in html


def test_region_pledges_stand_elsewhere_and_never_below(ground, pledge, count_up, client):
    pledge(region=ground.east)
    count_up()
    found = cells(page(client, "areas/Y59"))
    assert found[found.index("Elsewhere in East") + 1] == "1"
    assert found[found.index("Birchester") + 1] == "0"
    assert found[found.index("Shown in their region only") + 1] == "1"
    assert "No pledge was made" in page(client, "areas/E07000002")


def test_where_the_pledges_of_an_organisation_are_adds_up_to_all_of_them(some, ground):
    for query in QUESTIONS:
        for organisation in (ground.hospital, ground.clinic):
            board = build(DashboardQuery.read(organisation, QueryDict(query)))
            whole = board.totals.rows[0].values[0]
            if not whole:
                assert board.districts is None
                continue
            sums = {row.key: row.values for row in board.districts.rows if row.sums}
            _pledges, kept, due, later = sums.pop("total")[:4]
            assert sum(board.districts.values("pledges")) == due + later == whole
            assert kept == board.fulfilment.rows[0].values[0]
            nowhere = [row.values[0] for row in board.districts.rows if row.key == "none"]
            assert sum(values[0] for values in sums.values()) + sum(nowhere) == whole


def test_only_districts_with_pledges_of_the_organisation_are_named(
    ground, pledge, count_up, client
):
    pledge(organisation=ground.hospital)
    pledge(organisation=ground.hospital, region=ground.east)
    count_up()
    html = page(client, "organisations/RXA")
    found = cells(html)
    first = found.index("Alderham")
    assert found[first + 1] == found[found.index("Elsewhere in East") + 1] == "1"
    assert "Birchester" not in found
    assert "hubArea" in html
    pledge(organisation=ground.nowhere, region=ground.east)
    html = page(client, f"organisations/{ground.nowhere.public_code}")
    assert "Elsewhere in East" in cells(html)
    assert "hubArea" not in html


def test_a_new_pledge_is_there_after_the_next_fold(ground, pledge, count_up, client):
    page(client, "areas/E07000001")
    pledge(organisation=ground.hospital)
    count_up()
    assert cells(page(client, "areas/E07000001")).count("1") > 3


def test_by_hour_on_a_single_day_and_by_month_in_a_year(some, client):
    html = page(client, "areas/Y59", "since=2014-03-03&until=2014-03-03")
    assert "Pledges: By hour" in html
    assert "12:00" in cells(html)
    year = cells(page(client, "areas/UK", "since=2014-01-01&until=2014-12-31"))
    assert {"Jan 2014", "March 2014", "Dec 2014"} & set(year)
    assert "Change" in year
    assert "2013" in year


@pytest.mark.parametrize(
    ("asked", "becomes"),
    [
        ("period=all&since=2014-01-01&until=", ""),
        ("period=2014", "since=2014-01-01&until=2014-12-31"),
        ("period=2014-02", "since=2014-02-01&until=2014-02-28"),
        ("period=2014-03-03", "since=2014-03-03&until=2014-03-03"),
        ("theme=care&theme=staff&group=", "theme=care%2Cstaff"),
    ],
)
def test_a_form_leads_to_the_address_that_says_the_same(ground, client, asked, becomes):
    answer = client.get(f"/areas/Y59/dashboard/?{asked}")
    assert answer.status_code == 302
    assert answer["Location"].partition("?")[2] == becomes


@pytest.mark.parametrize(
    "query",
    [
        *("period=1", "period=2014-13", "period=2014-02-30", "group=x", "step=x", "compare=x"),
        *("bbox=1", "q=%00", "area=Y58", "theme=x", "since=2014-02-30"),
        "since=2015-01-01&until=2014-01-01",
    ],
)
def test_what_is_no_question_is_refused(ground, client, query):
    assert client.get(f"/areas/Y59/dashboard/?{query}").status_code == 400


def test_a_step_that_does_not_suit_the_days_gives_way(ground, client):
    html = page(client, "areas/Y59", "since=2014-03-03&until=2014-03-03&step=month")
    assert "Pledges: By hour" in html


def test_areas_that_are_not_there(ground, client):
    assert client.get("/areas/Y99/dashboard/").status_code == 404
    assert client.get("/organisations/R99/dashboard/").status_code == 404
    assert client.get("/organisations/rxa/dashboard/?theme=care")["Location"] == (
        "/organisations/RXA/dashboard/?theme=care"
    )


def test_areas_are_found_by_name(ground, client):
    html = client.get("/areas/?q=cottle").content.decode()
    assert "/areas/E07000003/dashboard/" not in html  # the squares' names are not in the index
    assert "/areas/E07000003/dashboard/" in client.get("/areas/?q=E07000003").content.decode()
    assert "/areas/Y58/dashboard/" in html
    assert client.get("/areas/?x=1").status_code == 400


def test_residents_make_rates_and_without_them_there_are_none(some, ground, client):
    assert "per 10,000" not in page(client, "areas/Y59")
    Population.objects.create(area=ground.cottleigh, residents=20_000)
    board = build(DashboardQuery.read(ground.east, QueryDict()))
    row = next(row for row in board.districts.rows if row.key == ground.cottleigh.code)
    assert row.values[-2:] == (20_000, row.values[0] / 2)


def test_people_are_hidden_while_they_are_few(some, client):
    assert "Different people" not in page(client, "areas/Y59")
    count_authors()
    assert "hidden, under 5 or near it" in page(client, "areas/Y59")
    assert "Different people" not in page(client, "areas/Y59", "theme=care")


def asked_of_the_database(client: Client, query: str) -> int:
    page(client, "areas/UK", query)  # the first draws the map
    with CaptureQueriesContext(connection) as captured:
        page(client, "areas/UK", query)
    return len(captured)


@pytest.mark.parametrize(
    "query",
    [
        "since=2014-03-03&until=2014-03-03&q=smile",
        "since=2014-03-02&until=2016-01-01&theme=care&compare=Y58",
    ],
)
def test_the_number_of_queries_is_that_of_an_empty_place(ground, request, client, query):
    before = asked_of_the_database(client, query)
    request.getfixturevalue("some")
    # Names of the first organisations, and the stories' pictures, are there to be read.
    assert asked_of_the_database(client, query) <= before + 2 < 60


@pytest.mark.parametrize("query", ["", "since=2013-03-10&until=2016-01-15", "theme=care"])
def test_the_books_are_read_by_their_key(some, ground, query):
    connection.cursor().execute("set local enable_seqscan = off")
    with CaptureQueriesContext(connection) as captured:
        build(DashboardQuery.read(ground.east, QueryDict(query)))
    plans = [
        plan
        for one in captured.captured_queries
        if 'FROM "geo_ledger"' in one["sql"]
        for plan in explain(one["sql"])
    ]
    assert plans
    assert not [line for line in plans if "Seq Scan on geo_ledger" in line]
    assert any("geo_ledger_pkey" in line and "Index" in line for line in plans)


def explain(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("explain " + sql)
        return [line for (line,) in cursor.fetchall()]
