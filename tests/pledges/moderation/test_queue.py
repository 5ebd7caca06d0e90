"""The queue: in order, a page at a time, with its numbers, by an index."""

import datetime
import re

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from pledges.moderation import queue
from pledges.moderation.models import Case
from pledges.pledging.models import Pledge
from tests.pledges.moderation.conftest import decide, report


def fill(pledge, area, number: int, *, decided: bool = False) -> None:
    """Write so many cases of the East, a minute apart, all about one kind of text."""
    now = timezone.now()
    made = [pledge(f"Pledge {i}.", region=area) for i in range(number)]
    kind = ContentType.objects.get_for_model(Pledge)
    Case.objects.bulk_create(
        Case(
            content_type=kind,
            object_id=one.pk,
            why=Case.Why.REPORTED,
            region=area,
            original=one.text,
            opened_at=now - datetime.timedelta(minutes=i),
            decided_at=now - datetime.timedelta(minutes=i) if decided else None,
            outcome=Case.Outcome.KEPT if decided else "",
        )
        for i, one in enumerate(made)
    )


def pages(person, *, decided: bool) -> list[list[str]]:
    found, word = [], ""
    while True:
        page = queue.queue(person, decided=decided, word=word)
        found.append([case.original for case in page.cases])
        if not (word := page.next):
            return found


def test_oldest_first_each_once(pledge, ground, stella, monkeypatch):
    monkeypatch.setattr(queue, "SIZE", 3)
    fill(pledge, ground.east, 7)
    found = pages(stella, decided=False)
    assert [len(page) for page in found] == [3, 3, 1]
    assert [text for page in found for text in page] == [f"Pledge {i}." for i in reversed(range(7))]


def test_newest_decided_first(pledge, ground, stella, monkeypatch):
    monkeypatch.setattr(queue, "SIZE", 3)
    fill(pledge, ground.east, 6, decided=True)
    found = pages(stella, decided=True)
    assert [text for page in found for text in page] == [f"Pledge {i}." for i in range(6)]
    assert queue.queue(stella, decided=False).waiting == 0


def test_the_page_leads_on(pledge, ground, stella, seat, monkeypatch):
    monkeypatch.setattr(queue, "SIZE", 2)
    fill(pledge, ground.east, 3)
    here = seat(stella)
    first = here.get("/moderation/").content.decode()
    following = re.search(r'href="(\?show=open&amp;cursor=[^"]+)"', first)[1]
    assert "3 wait" in first
    second = here.get("/moderation/" + following.replace("&amp;", "&")).content.decode()
    assert "Pledge 0." in second
    assert "Pledge 2." not in second


def test_what_is_asked_wrongly_is_said(stella, seat):
    for query in ("?show=penguins", "?cursor=penguins"):
        assert seat(stella).get(f"/moderation/{query}").status_code == 400


def test_as_many_questions_for_many_cases(
    pledge, ground, stella, seat, django_assert_num_queries, django_assert_max_num_queries
):
    fill(pledge, ground.east, 3)
    here = seat(stella)
    here.get("/moderation/")
    with django_assert_max_num_queries(14) as few:
        here.get("/moderation/")
    fill(pledge, ground.east, 12)
    with django_assert_num_queries(len(few)):
        here.get("/moderation/")


def test_the_oldest_are_found_by_their_index(stella, olga):
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_sort = off")
        for rows, index in (
            (queue.cases_of(olga).open(), "pledges_case_open"),
            (queue.cases_of(olga).decided(), "pledges_case_decided"),
        ):
            assert index in rows[:25].explain()


def test_numbers_follow_decisions(reported, pledge, ground, alice, bob, stella, seat):
    here = seat(stella)
    assert "1 waits" in here.get("/moderation/").content.decode()
    decide(reported, stella, Case.Outcome.HIDDEN)
    page = here.get("/moderation/?show=decided").content.decode()
    assert "0 wait" in page
    assert "1 decided" in page
    report(pledge("Another.", author=alice, region=ground.east), bob)
    assert "1 waits" in here.get("/moderation/").content.decode()
