"""The form in which organisers write an event: what it takes, what it refuses, what it asks."""

import datetime

import pytest
from django.utils import timezone

from hubs.events import actions
from hubs.events.models import Event, Question

WRONG = {
    "no title": ({"title": " "}, "Enter a title"),
    "a short title": ({"title": "a"}, "Enter a longer title"),
    "a title that is too long": ({"title": "x" * 121}, "120 characters"),
    "no day": ({"day": ""}, "Enter the day"),
    "no such day": ({"day": "2027-02-30"}, "Enter a day"),
    "yesterday": ({"day": "2020-01-01"}, "Choose a day from today"),
    "far off": ({"day": "9999-12-31"}, "Choose a day from today"),
    "ends before it begins": ({"end": "13:00"}, "It must end after it begins"),
    "no such time": ({"start": "25:00"}, "Enter a time"),
    "nowhere": ({"found_by": "Atlantis"}, "cannot find that place"),
    "abroad": ({"found_by": "48.85, 2.35"}, "outside the United Kingdom"),
    "no place": ({"place": ""}, "Enter the name and address"),
    "a link that is not safe": (
        {"where": "online", "join_link": "javascript:alert(1)"},
        "begins with https://",
    ),
    "a link of plain http": (
        {"where": "online", "join_link": "http://example.org/"},
        "begins with https://",
    ),
    "no places": ({"capacity": "0"}, "from 1 to 100,000"),
    "too many places": ({"capacity": "9" * 30}, "from 1 to 100,000"),
    "half a place": ({"capacity": "1.5"}, "whole number"),
    "one choice": ({"question_1": "Q?", "choices_1": "One"}, "2 to 10 choices"),
    "choices of nothing": ({"choices_2": "One\nTwo"}, "Enter the question"),
    "opens late": ({"opens_at": "2199-01-01T10:00"}, "must open before"),
    "closes late": ({"closes_at": "2199-01-01T10:00"}, "must close before"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_and_nothing_is_lost(hubs, west, form, case):
    said, words = WRONG[case]
    answer = west.post("/events/new/", {**form, **said})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert "There is a problem" in page
    assert 'value="Town Hall"' in page or case == "no place"
    assert not Event.objects.exists()


def last_sunday(month: int) -> datetime.date:
    """The last Sunday of a month of next year, when the clocks change."""
    day = datetime.date(timezone.now().year + 1, month, 31)
    return day - datetime.timedelta(days=(day.weekday() + 1) % 7)


def test_a_time_that_does_not_exist_is_refused(hubs, west, form):
    day = last_sunday(3).isoformat()
    answer = west.post("/events/new/", {**form, "day": day, "start": "01:30", "end": "03:00"})
    assert "this time does not exist on that day" in answer.content.decode()


@pytest.mark.parametrize(("which", "utc"), [("first", 0), ("second", 1)])
def test_a_time_that_comes_twice_is_asked_about(hubs, west, form, which, utc):
    day = last_sunday(10).isoformat()
    said = {**form, "day": day, "start": "01:30", "end": "03:00"}
    assert "which_start" not in west.get("/events/new/").content.decode()
    page = west.post("/events/new/", said).content.decode()
    assert "this time comes twice" in page
    assert 'name="which_start"' in page
    west.post("/events/new/", {**said, "which_start": which})
    made = Event.objects.get()
    assert made.starts_at.astimezone(datetime.UTC).hour == utc
    page = west.get(f"/events/{made.slug}/edit/").content.decode()
    assert f'<option value="{which}" selected>' in page


def test_words_of_a_question_kept_keep_its_answers(written, west, form, come):
    actions.publish(written)
    written.refresh_from_db()
    asked = written.questions.get()
    come(written, "dora@example.org", {asked: "Yes"})
    edit = f"/events/{written.slug}/edit/"
    west.post(edit, {**form, "question_1": "New?", "question_2": "Meat?", "choices_2": "Yes\nNo"})
    assert [q.text for q in written.questions.all()] == ["New?", "Meat?"]
    assert asked.answers.get().text == "Yes"
    west.post(edit, {**form, "question_1": "Meat or fish?"})
    assert not Question.objects.filter(pk=asked.pk).exists()
