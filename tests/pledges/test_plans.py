"""What keeps answers quick at three million pledges: no question reads the whole table.

The cause is looked at, not the clock: every statement that a question sends is explained.
"""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from geo.tiles.grid import Tile, morton_decode
from pledges.counts.totals import count, summary
from pledges.demo.seed import seed
from pledges.feed.sorting import NEWEST
from pledges.filters import PledgeFilters
from pledges.map.tiles import clusters
from pledges.pledging.models import Pledge
from pledges.wall.listing import PLEDGES
from tests.conftest import empty_tables
from tests.country import draw_country

MANY = 20_000


@pytest.fixture(scope="module")
def _many(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        draw_country()
        seed(MANY, lambda words: None)
        yield
        empty_tables()


pytestmark = [pytest.mark.usefixtures("_many"), pytest.mark.django_db]

KEPT = {
    "nothing": "",
    "theme": "theme=care",
    "two themes": "theme=care,staff",
    "who": "who=organisation",
    "i_am": "i_am=patient",
    "status": "status=done",
    "all facets": "theme=care,staff&who=person&i_am=nhs&status=open",
    "region": "area=Y58",
    "nation": "area=K02000001",
    "whole months": "since=2016-03-01&until=2019-10-31",
    "a year of a theme": "theme=staff&since=2018-01-01&until=2018-12-31",
    "all that is counted": "theme=care&who=person&i_am=nhs&status=done&area=Y60&since=2015-02-01",
}
READ = {
    "part of a month": "since=2018-05-09&until=2018-05-20",
    "months and days": "theme=care&since=2016-02-10&until=2018-05-20",
    "organisation": "organisation=R21",
    "organisation and theme": "organisation=R21&theme=care",
    "district": "area=E07000310",
    "district and days": "area=E07000310&since=2016-02-10",
    "words": "q=wheelchair",
    "words and theme": "q=wheelchair&theme=perspectives",
    "box": "bbox=-4.9,50.1,-4.7,50.3",
}
TILES = {z: Tile(z, x, y) for z, x, y in [(0, 0, 0), (5, 15, 10), (8, 125, 86), (11, 999, 687)]}


def explained(work: Callable[[], object]) -> list[str]:
    """Return the plan of each statement that the work sends to the tables of pledges."""
    with CaptureQueriesContext(connection) as captured:
        work()
    plans = []
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            if "SELECT" in query["sql"].upper() and "pledges_pledge" in query["sql"]:
                cursor.execute("explain " + query["sql"])
                plans.append("\n".join(line for (line,) in cursor.fetchall()))
    return plans


def reads_all(plans: list[str]) -> list[str]:
    found = [plan for plan in plans if "Seq Scan on pledges_pledge" in plan]
    # "Is there any demo content?": where everything is, the first row answers.
    return [plan for plan in found if not plan.endswith("Filter: demo") or "Limit" not in plan]


def filters(query: str) -> PledgeFilters:
    return PledgeFilters.parse(QueryDict(query))


def test_a_statement_that_does_read_the_whole_table_would_be_seen():
    plans = explained(lambda: Pledge.objects.filter(text__endswith="smile").count())
    assert len(reads_all(plans)) == 1


def test_among_real_pledges_an_index_knows_whether_there_is_a_demo_one():
    with connection.cursor() as cursor:
        cursor.execute("update pledges_pledge set demo = false")
        cursor.execute("analyze pledges_pledge")
    plans = explained(lambda: Pledge.objects.filter(demo=True).exists())
    assert ["Seq Scan" in plan for plan in plans] == [False]


@pytest.mark.parametrize("query", (KEPT | READ).values(), ids=(KEPT | READ).keys())
@pytest.mark.parametrize("z", TILES)
def test_tiles(query, z):
    assert reads_all(explained(lambda: clusters(filters(query), TILES[z]))) == []


@pytest.mark.parametrize("query", (KEPT | READ).values(), ids=(KEPT | READ).keys())
def test_tiles_close_up(query):
    column, row = morton_decode(Pledge.objects.on_map().values_list("morton", flat=True)[0])
    tile = Tile(16, column >> 8, row >> 8)
    assert clusters(PledgeFilters(), tile)["features"]
    assert reads_all(explained(lambda: clusters(filters(query), tile))) == []


@pytest.mark.parametrize("query", KEPT.values(), ids=KEPT.keys())
def test_what_is_counted_is_not_read(query):
    """Beyond the first and last day of all, which are the ends of an index."""
    for work in (count, summary):
        plans = explained(lambda work=work: work(filters(query)))
        assert [plan for plan in plans if "Limit" not in plan] == []


@pytest.mark.parametrize("query", READ.values(), ids=READ.keys())
def test_what_is_not_counted_is_read_by_an_index(query):
    for work in (count, summary):
        assert reads_all(explained(lambda work=work: work(filters(query)))) == []


@pytest.mark.parametrize("query", (KEPT | READ).values(), ids=(KEPT | READ).keys())
def test_lists(query):
    first = PLEDGES.page(NEWEST, filters(query), 20)
    assert reads_all(explained(lambda: PLEDGES.page(NEWEST, filters(query), 20))) == []
    if first.next:
        assert (
            reads_all(explained(lambda: PLEDGES.page(NEWEST, filters(query), 20, word=first.next)))
            == []
        )


@pytest.mark.parametrize("query", (KEPT | READ).values(), ids=(KEPT | READ).keys())
def test_pages_and_answers(query, client: Client):
    for path in ("/map/summary.json", "/api/collections/pledges/items", "/map/list/"):
        asked = f"{path}?{query}"
        plans = explained(lambda asked=asked: _well(client.get(asked)))
        assert reads_all(plans) == [], asked


def _well(answer) -> None:
    assert answer.status_code == 200
