"""The wall's lists: which pledges, in which order, a page at a time."""

import datetime
import random
from functools import partial
from operator import attrgetter

import pytest
from django.contrib.gis.geos import Point
from django.http import QueryDict

from geo.core import keyset
from geo.core.errors import BadParameter, UnknownParameter
from geo.core.keyset import Cursor
from pledges.counts import totals
from pledges.counts.worker import fold_all
from pledges.feed import nearby
from pledges.feed import query as feed_query
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge, PledgeCounts
from pledges.wall.listing import PLEDGES, PledgeQuery
from tests.factories import draw_ground, make_pledge
from tests.pledges.questions import LANDMARKS, question

DAY = datetime.date(2024, 5, 17)
KEYS = {
    "joined": attrgetter("counts.joins", "pk"),
    "liked": attrgetter("counts.likes", "pk"),
    "done": attrgetter("done_at", "pk"),
    "newest": attrgetter("created_at", "pk"),
}


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def some(shared) -> list[Pledge]:
    """Thirty pledges, liked and joined by few or none, so that many are alike."""
    ground, draw = draw_ground(), random.Random(2)
    pledge = partial(make_pledge, ground)
    places = (
        {"organisation": ground.hospital},
        {"organisation": ground.clinic, "who": Pledge.Who.TEAM},
        {"outcode": "SO14"},
        {"region": ground.east},
        {},
    )
    for number in range(30):
        made = pledge(
            f"I will smile, {number}.",
            **draw.choice(places),
            theme=draw.choice(("care", "care", "staff")),
            done=draw.random() < 0.4,
            on=DAY - datetime.timedelta(days=draw.randrange(40)),
        )
        liked = {"likes": draw.choice((0, 0, 1, 2)), "joins": draw.choice((0, 1, 5))}
        PledgeCounts.objects.filter(pledge=made).update(**liked)
    pledge("hidden", hidden=True, done=True)
    fold_all()
    return list(Pledge.objects.public().select_related("counts"))


@pytest.fixture(params=["gathered", "walked", "walked too short"])
def way(request, monkeypatch) -> None:
    """Each way to the rows: of few by gathering, of many by an index, and from it to the first."""
    if request.param != "gathered":
        monkeypatch.setattr(PLEDGES, "gather_most", 0)
    if request.param == "walked too short":
        monkeypatch.setattr(PLEDGES, "scan_most", 2)


def asked(query: str) -> PledgeQuery:
    return PledgeQuery.read(QueryDict(query))


def walk(found: PledgeQuery, limit: int) -> list[Pledge]:
    page = PLEDGES.page(found.sort, found.filters, limit, found.total)
    items = list(page.items)
    while page.next:
        page = PLEDGES.page(found.sort, found.filters, limit, found.total, page.next)
        assert page.items
        items += page.items
    return items


@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize("limit", [1, 7, 30, 31])
def test_pages_put_together_are_the_sorted_list(some, way, sort, limit):
    expected = [pledge for pledge in some if sort != "done" or pledge.done]
    assert walk(asked(f"sort={sort}"), limit) == sorted(expected, key=KEYS[sort], reverse=True)


@pytest.mark.parametrize("number", range(12))
def test_any_question_in_any_order_lists_as_many_as_the_summary_says(some, way, number):
    draw = random.Random(number)
    sort = draw.choice(tuple(KEYS))
    query = question(draw, LANDMARKS, box=False)
    found = asked(f"{query}&sort={sort}")
    listed = walk(found, draw.randint(1, 6))
    assert len(listed) == found.total == totals.summary(found.filters)["total"]
    passing = {p.pk for p in found.filters.apply(Pledge.objects.public())}
    expected = [p for p in some if p.pk in passing]
    assert listed == sorted(expected, key=KEYS[sort], reverse=True)


def test_a_like_meanwhile_does_not_repeat_what_was_listed(some):
    first = PLEDGES.page("liked", PledgeFilters(), 10, 30)
    PledgeCounts.objects.filter(pledge=first.items[0]).update(likes=50)
    second = PLEDGES.page("liked", PledgeFilters(), 30, 30, first.next)
    assert not {p.pk for p in first.items} & {p.pk for p in second.items}


@pytest.mark.parametrize("word", ["x", "-", "5-", "zz-1", "1-1-1", "f" * 15 + "-1", "1-\0"])
@pytest.mark.parametrize("sort", ["liked", "done", "newest"])
def test_cursors_that_we_did_not_write_are_refused(some, sort, word):
    with pytest.raises(BadParameter, match=r"^cursor: "):
        PLEDGES.page(sort, PledgeFilters(), 5, 30, word)


@pytest.mark.parametrize("number", [2**31 - 1, 0])
@pytest.mark.parametrize("sort", ["liked", "joined"])
def test_cursors_beyond_everything_end_in_a_list(some, sort, number):
    word = keyset.write(f"pledges:{sort}", Cursor((number, number)))
    assert PLEDGES.page(sort, PledgeFilters(), 100, 30, word).next is None


@pytest.mark.parametrize("sort", ["liked", "done", "newest"])
def test_a_cursor_is_good_for_its_own_order_alone(some, sort):
    word = keyset.write("pledges:joined", Cursor((1, 1)))
    with pytest.raises(BadParameter, match=r"^cursor: "):
        PLEDGES.page(sort, PledgeFilters(), 5, 30, word)


def test_the_best_match_comes_first(ground, pledge, count_up):
    once = pledge("I will listen, and then speak for a long while of many other things.")
    twice = pledge("Listen, listen, listen.")
    pledge("I will speak.")
    count_up()
    found = asked("q=listen")
    assert (found.sort, found.total) == ("best", 2)
    assert walk(found, 1) == [twice, once]


def test_too_many_matches_are_listed_newest_first(some, monkeypatch):
    monkeypatch.setattr(feed_query, "RANKED", 5)
    assert asked("q=smile").sort == asked("q=smile&sort=best").sort == "newest"
    assert asked("sort=best").sort == "newest"


def test_the_nearest_come_first_and_what_is_off_the_map_does_not_come(some, way, ground):
    at = Point(-1.0, 50.5, srid=4326)
    found = PLEDGES.in_order(nearby.nearest(PLEDGES, at, PledgeFilters(), 100, 20))
    on_map = [p for p in some if p.location]
    assert {p.pk for p in found} == {p.pk for p in on_map}
    away = [((p.location.x - at.x) * 0.63) ** 2 + (p.location.y - at.y) ** 2 for p in found]
    assert away == sorted(away)
    first = nearby.nearest(PLEDGES, at, PledgeFilters(), 3, 20)
    assert first == [p.pk for p in found[:3]]


def test_near_a_place_no_other_place_is_asked(ground):
    found = asked("sort=nearest&area=Y58&organisation=RXA&theme=care")
    assert found.query_string() == "theme=care&sort=nearest"


def test_done_lately_is_what_is_done(some):
    found = asked("sort=done&theme=care&status=open")
    assert found.query_string() == "theme=care&status=done&sort=done"
    assert found.query_string("liked") == "theme=care&sort=liked"
    done, care = found.chips()[1], found.chips()[0]
    assert done.rest == "theme=care"
    assert care.rest == "status=done&sort=done"


def test_unknown_orders_and_parameters_are_refused(ground):
    with pytest.raises(BadParameter, match=r"^sort: .*liked"):
        asked("sort=price")
    with pytest.raises(UnknownParameter):
        asked("order=liked")
