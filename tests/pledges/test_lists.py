"""Lists: newest first, a page at a time, nothing twice and nothing left out."""

import datetime
import random

import pytest
from django.http import QueryDict

from geo.core.errors import BadParameter
from geo.core.keyset import Page
from pledges.feed.sorting import NEWEST
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge
from pledges.wall.listing import PLEDGES
from tests.pledges.questions import LANDMARKS, question

DAY = datetime.date(2024, 5, 17)


@pytest.fixture
def some(ground, pledge, count_up) -> list[Pledge]:
    """Thirty pledges, several at one moment: a Change Day is busy, and an import is quicker."""
    draw = random.Random(1)
    places = (
        {"organisation": ground.hospital},
        {"organisation": ground.clinic, "who": Pledge.Who.TEAM},
        {"outcode": "SO14"},
        {"region": ground.east},
        {},
    )
    made = [
        pledge(
            f"I will smile, {number}.",
            **draw.choice(places),
            theme=draw.choice(("care", "care", "care", "care", "staff")),
            done=draw.random() < 0.3,
            on=DAY - datetime.timedelta(days=draw.choice((0, 1, 1, 2, 30, 400))),
        )
        for number in range(30)
    ]
    pledge("hidden", hidden=True)
    count_up()
    return sorted(made, key=lambda pledge: (pledge.created_at, pledge.pk), reverse=True)


def filters(query: str) -> PledgeFilters:
    return PledgeFilters.parse(QueryDict(query))


def page(chosen: PledgeFilters, limit: int, word: str = "", rows=None) -> Page[Pledge]:
    return PLEDGES.page(NEWEST, chosen, limit, word=word, rows=rows)


def walk(chosen: PledgeFilters, limit: int, back: bool = False) -> list[list[Pledge]]:
    pages = [page(chosen, limit)]
    while pages[-1].next:
        pages.append(page(chosen, limit, pages[-1].next))
    if back:
        pages = pages[-1:]
        while pages[-1].prev:
            pages.append(page(chosen, limit, pages[-1].prev))
    return [found.items for found in pages]


def test_newest_first_and_what_came_together_by_number(some):
    assert page(PledgeFilters(), 100).items == some


@pytest.mark.parametrize("limit", [1, 2, 7, 29, 30, 31])
def test_pages_put_together_are_the_list(some, limit):
    pages = walk(PledgeFilters(), limit)
    assert [pledge for items in pages for pledge in items] == some
    assert [len(items) for items in pages[:-1]] == [limit] * (len(pages) - 1)
    assert pages[-1]


@pytest.mark.parametrize("limit", [1, 4, 30])
def test_going_back_gives_the_same_in_the_other_direction(some, limit):
    pages = walk(PledgeFilters(), limit, back=True)
    assert [pledge for items in reversed(pages) for pledge in items] == some


def test_the_first_page_has_none_before_it_and_the_last_none_after(some):
    assert page(PledgeFilters(), 10).prev is None
    assert page(PledgeFilters(), 30).next is None


@pytest.mark.parametrize("number", range(30))
def test_pages_of_any_question_put_together_are_all_that_pass(some, number):
    draw = random.Random(number)
    chosen = filters(question(draw, LANDMARKS))
    expected = [p for p in some if chosen.apply(Pledge.objects.filter(pk=p.pk)).exists()]
    limit = draw.randint(1, 6)
    assert [pledge for items in walk(chosen, limit) for pledge in items] == expected
    back = walk(chosen, limit, back=True)
    assert [pledge for items in reversed(back) for pledge in items] == expected


def test_a_pledge_made_meanwhile_does_not_move_the_pages(some, pledge):
    first = page(PledgeFilters(), 10)
    pledge("newer", on=DAY + datetime.timedelta(days=5))
    assert page(PledgeFilters(), 10, first.next).items == some[10:20]


def test_a_pledge_taken_away_meanwhile_leaves_its_cursor_good(some):
    first = page(PledgeFilters(), 10)
    some[9].delete()
    assert page(PledgeFilters(), 10, first.next).items == some[10:20]


def test_a_list_may_be_of_some_rows_only(some, ground):
    rows = Pledge.objects.public().filter(show=Pledge.Show.NONE)
    expected = [pledge for pledge in some if pledge.show == Pledge.Show.NONE]
    assert page(filters("status=open"), 100, rows=rows).items == [
        pledge for pledge in expected if not pledge.done
    ]


def test_rare_and_common_pledges_are_listed_alike(
    some, pledge, count_up, django_assert_num_queries
):
    """The way to the rows differs: rare ones by the index of their facet. The order does not."""
    pledge("rare", theme="perspectives", on=DAY)
    pledge("rarer", theme="perspectives", on=DAY, done=True)
    count_up()
    assert [p.text for p in page(filters("theme=perspectives"), 5).items] == ["rarer", "rare"]
    assert [p.text for p in page(filters("theme=perspectives&since=2024-05-17"), 1).items] == [
        "rarer"
    ]
    assert page(filters("theme=perspectives&until=2024-05-16"), 5).items == []


def test_an_empty_list(ground):
    assert page(PledgeFilters(), 5) == Page([])


@pytest.mark.parametrize(
    "word",
    ["x", "0", "-", "5-", "zz-1", "1-1-1", "1-1-back-back", "f" * 16 + "-1", "1-" + "f" * 16, "\0"],
)
def test_cursors_that_we_did_not_write_are_refused(ground, word):
    with pytest.raises(BadParameter, match=r"^cursor: "):
        page(PledgeFilters(), 5, word)


@pytest.mark.parametrize("query", ["", "theme=staff", "area=Y59&status=done", "q=smile"])
def test_the_number_of_queries_does_not_grow_with_the_page(
    some, query, django_assert_max_num_queries
):
    chosen = filters(query)
    with django_assert_max_num_queries(6):
        for pledge in page(chosen, 30).items:
            shown = (pledge.theme, pledge.organisation, pledge.region, pledge.district)
            assert shown[0].name
            assert pledge.counts.likes == 0
