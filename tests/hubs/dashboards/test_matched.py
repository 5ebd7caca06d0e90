"""Dashboards of what matches words or lies in a box: as many as the wall and the API say."""

import pytest
from django.http import QueryDict

from hubs.dashboards.dashboard import build
from hubs.dashboards.query import DashboardQuery
from pledges.aggregates import matched
from pledges.feed import search
from tests.hubs.dashboards.test_pages import cells, page

BOX = "bbox=-3.5,50,-1.2,52"


@pytest.mark.parametrize("days", ["", "&since=2014-03-01&until=2015-12-31&status=done"])
@pytest.mark.parametrize("found", ["q=smile", BOX])
def test_a_dashboard_has_as_many_as_the_api_and_the_wall(some, ground, client, found, days):
    for area, place in (
        ("", None),
        ("area=Y59&", ground.east),
        ("organisation=RXA&", ground.hospital),
    ):
        board = build(DashboardQuery.read(place, QueryDict(found + days)))
        number = board.totals.rows[0].values[0]
        items = client.get(f"/api/collections/pledges/items?limit=1&{area}{found}{days}")
        assert number == items.json()["numberMatched"]
        if "bbox" not in found:  # the wall lists all, wherever the map is
            wall = client.get(f"/map/summary.json?{area}{found}{days}")
            assert number == wall.json()["total"]
        assert sum(board.time.values("pledges")) == number
        assert sum(board.theme.values("pledges")) == number


def test_words_and_box_stay_in_form_links_and_files(some, client):
    html = page(client, "areas/Y59", f"{BOX}&q=smile&since=2014-01-01")
    assert 'name="q" maxlength="200" value="smile"' in html
    assert '<input type="hidden" name="bbox" value="-3.5,50,-1.2,52">' in html
    assert "in a box of the map" in html
    assert html.count("q=smile&amp;bbox=-3.5%2C50%2C-1.2%2C52") >= 5
    written = client.get(f"/areas/Y59/dashboard/dashboard.csv?{BOX}&q=smile").content.decode()
    assert '"q=smile&bbox=' in written or "q=smile&bbox=" in written
    assert "Different people" not in html


def test_nothing_that_matches_is_nothing(some, client):
    assert "No pledge was made in this time." in page(client, "areas/UK", "q=penguins")


def test_more_than_are_counted_are_refused_with_the_reason(some, client, monkeypatch):
    for module in (search, matched):
        monkeypatch.setattr(module, "MOST_MATCHES", 5)
    search.read.cache_clear()
    for query in ("q=smile", BOX):
        answer = client.get(f"/areas/UK/dashboard/?{query}")
        assert answer.status_code == 400
        assert "more than 50,000 pledges" in answer.content.decode()
    search.read.cache_clear()
    assert "Pledges" in cells(page(client, "areas/UK"))
