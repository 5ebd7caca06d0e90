"""What an answer costs the database: a number of queries that no size changes."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from geo.ogcapi.layers import published_layers
from tests.geo.ogcapi import catalogue
from tests.geo.ogcapi.conftest import COLLECTIONS

PLEDGES = "collections/pledges/items"


def queries(ask, path: str, **query: object) -> list[str]:
    ask(path, **query)  # what is kept from then on, such as the SQL of the features
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = ask(path, **query)
    assert answer.status_code == 200
    return [each["sql"] for each in captured.captured_queries]


@pytest.mark.parametrize(
    "asked", ["", "theme=care", "theme=care&who=team&status=open", "area=Y59", "bbox=-4,50,0,52"]
)
def test_ten_pledges_and_a_thousand_cost_the_same_number_of_queries(asked, ground, count_up, ask):
    path = f"{PLEDGES}?limit=1000&{asked}"
    catalogue.write_pledges(ground, 10)
    count_up()
    few = queries(ask, path)
    catalogue.write_pledges(ground, 1000)
    count_up()
    assert len(queries(ask, path)) == len(few) <= 10


def test_ten_organisations_and_two_hundred_cost_the_same(ground, ask):
    path = "collections/organisations/items?limit=1000"
    catalogue.write_organisations(10)
    few = queries(ask, path)
    catalogue.write_organisations(200, first=10)
    assert len(queries(ask, path)) == len(few) <= 8


def test_the_features_of_a_page_are_one_query(full, ask):
    for name in COLLECTIONS:
        made = queries(ask, f"collections/{name}/items")
        assert sum("ST_AsGeoJSON" in sql for sql in made) == 1


def test_every_answer_is_bounded_in_time(full, ask):
    for path in ("collections", "collections/pledges/queryables", PLEDGES):
        assert any("statement_timeout" in sql for sql in queries(ask, path))


def test_an_answer_that_takes_too_long_is_given_up(full, ask, monkeypatch, settings):
    layer = published_layers()["regions"]
    slow = layer.rows().extra(where=["pg_sleep(0.2) is not null"])
    monkeypatch.setitem(published_layers(), "regions", replace(layer, rows=lambda: slow))
    settings.STATEMENT_TIMEOUT_MS = 50
    answer = ask("collections/regions/items")
    assert answer.status_code == 503
    assert answer.json()["code"] == "too-slow"
    assert answer["Retry-After"]


def test_the_extent_of_pledges_is_read_off_the_index(ground):
    catalogue.write_pledges(ground, 2000)
    catalogue.analyse()
    with CaptureQueriesContext(connection) as captured:
        box = published_layers()["pledges"].rows().extent()
    assert box[0] < box[2]
    for each in captured.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("explain " + each["sql"])
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert re.search(r"Index Scan using \S*location\S* on pledges_pledge", plan), plan
        assert "Seq Scan on pledges_pledge" not in plan
