"""The one cursor of all pages: it comes back as it was written, and nothing else is taken."""

import datetime

import pytest

from geo.core import keyset
from geo.core.errors import BadParameter
from geo.core.keyset import Cursor, Page
from pledges.pledging.models import Pledge

MOMENT = datetime.datetime(2014, 3, 3, 12, 0, 0, 1, tzinfo=datetime.UTC)
VALUES = [(1, 2**62), (MOMENT, 7), ("Ysbyty – Ward", -1), ("", 0)]


@pytest.mark.parametrize("values", VALUES)
@pytest.mark.parametrize("back", [False, True])
def test_a_cursor_comes_back_as_it_was_written(values, back):
    cursor = Cursor(values, back)
    assert keyset.read("list:newest", keyset.write("list:newest", cursor)) == cursor


def test_no_cursor_is_the_first_page():
    assert keyset.read("list:newest", "") is None


@pytest.mark.parametrize("values", VALUES)
def test_what_was_changed_or_written_for_another_list_is_refused(values):
    word = keyset.write("list:newest", Cursor(values))
    for wrong in (word[:-1], f"A{word}", word.replace(":", ""), f"{word}\0", "x", ":", "é:x"):
        with pytest.raises(BadParameter, match=r"^cursor: "):
            keyset.read("list:newest", wrong)
    with pytest.raises(BadParameter, match=r"^cursor: "):
        keyset.read("list:liked", word)


def test_what_has_not_changed_has_the_same_cursor():
    assert keyset.write("list", Cursor((MOMENT, 7))) == keyset.write("list", Cursor((MOMENT, 7)))


@pytest.mark.parametrize(
    "order", [("-created_at", "-pk"), ("created_at", "-pk"), ("theme_id", "-show", "pk"), ("pk",)]
)
@pytest.mark.parametrize("limit", [1, 5, 12, 13])
def test_pages_there_and_back_are_the_sorted_rows(written, order, limit):
    rows = Pledge.objects.all()
    expected = [pledge.pk for pledge in rows.order_by(*order)]
    for read in (keyset.page, keyset.key_page):
        there = [read(rows, order, limit, "", "list")]
        while there[-1].next:
            there.append(read(rows, order, limit, there[-1].next, "list"))
        back = [there[-1]]
        while back[-1].prev:
            back.append(read(rows, order, limit, back[-1].prev, "list"))
        assert keys(there) == expected
        assert keys(back[::-1]) == expected
        assert there[0].prev is None
        assert back[0].next is None


def keys(pages: list[Page]) -> list[int]:
    return [getattr(item, "pk", item) for page in pages for item in page.items]


def test_of_no_rows_there_is_one_empty_page(ground):
    assert keyset.page(Pledge.objects.none(), ("pk",), 5, "", "list") == Page()


def test_an_order_that_leads_one_way_has_no_page_before(written):
    first = keyset.page(Pledge.objects.all(), ("pk",), 5, "", "list", two_way=False)
    second = keyset.page(Pledge.objects.all(), ("pk",), 5, first.next, "list", two_way=False)
    assert second.prev is None
    assert second.next
