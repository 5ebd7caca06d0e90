"""How many pledges a box holds: from kept counts, and equal to the rows."""

import random
from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from geo.counts.fold import fold
from pledges.demo.seed import seed
from pledges.filters import PledgeFilters
from pledges.map.boxes import count_in_box
from pledges.pledging.models import SPEC, Pledge
from tests.conftest import empty_tables
from tests.country import draw_country

FILTERS = (
    "",
    "theme=care",
    "theme=care,staff",
    "who=person&i_am=nhs",
    "status=done&area=Y60",
    "area=K02000001",
    "since=2014-03-01&until=2019-10-31",
    "theme=staff&since=2018-01-01&until=2018-12-31&status=open",
)


@pytest.fixture(scope="module")
def _many(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        draw_country()
        seed(3_000, lambda words: None)
        yield
        empty_tables()


pytestmark = [pytest.mark.usefixtures("_many"), pytest.mark.django_db]


def asked(query: str) -> PledgeFilters:
    return PledgeFilters.parse(QueryDict(query))


@pytest.mark.parametrize("query", FILTERS)
def test_a_box_holds_what_the_rows_say(query):
    draw = random.Random(query)
    for _ in range(6):
        west, south = draw.uniform(-5, -2), draw.uniform(50, 57)
        width = 10 ** draw.uniform(-2, 0.8)
        filters = asked(f"bbox={west},{south},{west + width},{south + width / 2}&{query}")
        assert count_in_box(filters) == filters.apply(Pledge.objects.public()).count()


@pytest.mark.parametrize("width", [1e-6, 1e-5, 3e-5, 1e-4, 0.5])
def test_a_point_on_the_edge_of_a_box_is_in_it(width):
    for pledge in Pledge.objects.public().on_map().order_by("pk")[:20]:
        at = pledge.location
        east, north = at.x + width, at.y + width
        for box in ((at.x, at.y, east, north), (at.x - width, at.y - width, at.x, at.y)):
            filters = asked(f"bbox={','.join(repr(side) for side in box)}")
            assert count_in_box(filters) == filters.apply(Pledge.objects.public()).count() > 0


def test_the_edge_is_read_off_the_index_but_for_the_points_upon_it():
    with connection.cursor() as cursor:
        cursor.execute("analyze pledges_pledge")
    with CaptureQueriesContext(connection) as captured:
        count_in_box(asked("bbox=-3.33,51.21,-0.77,53.19&status=open&who=person"))
    (question,) = [each["sql"] for each in captured.captured_queries if "with edge" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"explain {question}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Only Scan using pledges_pledge_tile" in plan
    assert "Index Scan using pledges_pledge_pkey" in plan or "Bitmap Index Scan" in plan
    assert "Seq Scan on pledges_pledge" not in plan


def test_all_of_the_country_is_all_on_the_map():
    assert count_in_box(asked("bbox=-10,40,10,70")) == Pledge.objects.public().on_map().count()


def test_pledges_withdrawn_are_no_longer_in_it():
    filters = asked("bbox=-10,40,10,70&theme=care")
    before = count_in_box(filters)
    chosen = Pledge.objects.public().on_map().filter(theme__slug="care")
    chosen.filter(pk__in=list(chosen.values_list("pk", flat=True)[:3])).update(
        hidden_at="2026-01-01T00:00Z"
    )
    fold(SPEC)
    assert count_in_box(filters) == before - 3


@pytest.mark.parametrize(
    "query",
    ["organisation=R21", "area=E07000310", "q=tea", "since=2018-05-09", "until=2018-05-20"],
)
def test_what_counts_are_not_kept_of_is_left_to_the_rows(query):
    assert count_in_box(asked(f"bbox=-10,40,10,70&{query}")) is None
