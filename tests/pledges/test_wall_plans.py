"""What a page of the wall costs: which indexes answer it, and how many questions."""

import datetime
import re

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.http import QueryDict

from pledges.counts.worker import fold_all
from pledges.feed import nearby, search
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge, PledgeCounts
from pledges.wall.listing import PLEDGES, PledgeQuery
from tests.factories import draw_ground
from tests.geo.ogcapi import catalogue
from tests.pledges.plans import explained

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def many(shared) -> None:
    """Three thousand pledges, liked by up to 99."""
    catalogue.write_pledges(draw_ground(), 3000)
    counts = [
        PledgeCounts(pledge_id=key, likes=key % 100, joins=key % 7)
        for key in Pledge.objects.values_list("pk", flat=True)
    ]
    PledgeCounts.objects.all().delete()
    PledgeCounts.objects.bulk_create(counts)
    fold_all()
    with connection.cursor() as cursor:
        cursor.execute("analyze pledges_pledge, pledges_pledgecounts")


@pytest.mark.parametrize(
    ("sort", "index"),
    [("liked", "pledges_counts_likes"), ("joined", "pledges_counts_joins")],
)
@pytest.mark.parametrize("query", ["", "theme=care", "area=Y59", "since=2014-03-03"])
def test_most_liked_and_joined_walk_their_own_index(many, monkeypatch, sort, index, query):
    monkeypatch.setattr(PLEDGES, "gather_most", 0)
    found = PledgeQuery.read(QueryDict(query))
    plan = explained(lambda: PLEDGES.page(sort, found.filters, 20, found.total))
    assert f"Backward using {index}" in plan
    assert "Seq Scan on pledges_pledge" not in plan


def test_done_lately_walks_its_own_index(many, monkeypatch):
    monkeypatch.setattr(PLEDGES, "gather_most", 0)
    plan = explained(lambda: PLEDGES.page("done", PledgeFilters(), 20, 3000))
    assert "Backward using pledges_pledge_done" in plan


def test_the_nearest_are_read_off_the_index_in_metres(many, monkeypatch):
    monkeypatch.setattr(PLEDGES, "gather_most", 0)
    place = Point(-1.5, 51.5, srid=4326)
    plan = explained(lambda: nearby.nearest(PLEDGES, place, PledgeFilters(), 20, 3000))
    assert "Index Scan using pledges_pledge_geog" in plan
    assert "Order By" in plan


@pytest.mark.parametrize("sort", ["liked", "joined", "done"])
def test_what_few_pass_is_gathered_before_it_is_sorted(many, sort):
    """The limit that is never reached: PostgreSQL may not turn the filters into a long walk."""
    found = PledgeQuery.read(QueryDict("organisation=RXA"))
    plan = explained(lambda: PLEDGES.page(sort, found.filters, 20, 5))
    assert "Sort Key" in plan
    assert not re.search("Backward using pledges_(counts|pledge_done)", plan)
    assert plan.count("Limit") == 2


@pytest.mark.parametrize(
    ("sort", "index"),
    [
        ("liked", "pledges_counts_likes"),
        ("joined", "pledges_counts_joins"),
        ("done", "pledges_pledge_done"),
    ],
)
def test_many_matches_of_words_are_told_from_the_orders_own_index(many, monkeypatch, sort, index):
    found = PledgeQuery.read(QueryDict("q=listen&status=done"))
    gathered = PLEDGES.page(sort, found.filters, 20, found.total)
    monkeypatch.setattr(PLEDGES, "gather_most", 0)
    plan = explained(lambda: PLEDGES.page(sort, found.filters, 20, found.total))
    assert f"Backward using {index}" in plan
    assert "Seq Scan on pledges_pledge" not in plan
    assert PLEDGES.page(sort, found.filters, 20, found.total) == gathered
    assert gathered.items


@pytest.mark.parametrize("query", ["", "?theme=care&sort=liked", "?sort=done", "?q=smile"])
def test_a_page_costs_the_same_number_of_questions_however_many_there_are(
    many, client, query, django_assert_max_num_queries
):
    client.get(f"/pledges/{query}")
    with django_assert_max_num_queries(24):
        assert client.get(f"/pledges/{query}").status_code == 200


@pytest.mark.parametrize(("sort", "only"), [("liked", "counts_likes"), ("done", "pledge_done")])
def test_words_that_many_have_are_tried_along_the_order(many, monkeypatch, sort, only):
    """Whatever else is asked: the index of words would first find all that have them."""
    monkeypatch.setattr(PLEDGES, "gather_most", 0)
    monkeypatch.setattr(search, "keys", lambda *args: None)
    # So much that it holds a page, however many were counted when this begins.
    monkeypatch.setattr(PLEDGES, "window", lambda *args: 3000)
    asked = PledgeFilters(q="pledge", since=datetime.date(2014, 3, 3))
    plan = explained(lambda: PLEDGES.page(sort, asked, 20, None))
    assert f"Backward using pledges_{only}" in plan
    assert "pledges_pledge_words" not in plan
