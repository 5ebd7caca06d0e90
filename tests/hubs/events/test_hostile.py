"""Anything sent to events: a refusal or a clean page, never a failure, never what was sent."""

import pytest
from django.http import HttpResponse

from tests.hubs.events.conftest import question
from tests.hubs.events.forms import EVENT, OF_EVENT
from tests.test_hostile import HOSTILE, HTML

ENCODED = "application/x-www-form-urlencoded"
FORMS = {name: fields for name, fields in OF_EVENT.items() if fields}
PARAMETERS = ("kind", "hub", "area", "where", "when", "since", "until", "q", "bbox", "page")
LISTS = (
    "/events/",
    "/events/calendar.ics",
    "/api/collections/events/items",
    "/tiles/events/0/0/0.json",
    "/events/organise/",
)


def look_at(answer: HttpResponse, where: str) -> bool:
    """Look at what every answer keeps to; where one does not, this fails itself."""
    assert answer.status_code < 500, where
    assert answer["X-Content-Type-Options"] == "nosniff", where
    assert "evil" not in answer.headers.get("Location", ""), where
    if answer.get("Content-Type", "").startswith("text/html"):
        text = answer.content.decode()
        assert HTML not in text, where
        assert "<img src=x" not in text, where
    return True


@pytest.mark.parametrize("form", [*FORMS, "new"])
def test_forms_may_be_sent_anything(event, as_organiser, olga, form):
    held = event(questions=[question()])
    browser = as_organiser(olga)
    path = "/events/new/" if form == "new" else f"/events/{held.slug}/{form}"
    names = EVENT if form == "new" else FORMS[form]
    for name, value in HOSTILE.items():
        said = "&".join(f"{field}={value}" for field in names)
        assert look_at(browser.post(path, said, content_type=ENCODED), f"{path} {name}")


def test_a_form_right_but_for_one_field_may_hold_anything_there(event, as_organiser, olga):
    """Where all fields are wrong, the first refusal would hide the others' failures."""
    browser = as_organiser(olga)
    held = event()
    right = {"title": "A title", "kind": "forum", "day": "2027-06-15", "start": "14:00"}
    right |= {"end": "15:00", "where": "place", "place": "Hall", "found_by": "BS1 1AA"}
    for field in ("title", "description", "place", "found_by", "question_1", "capacity"):
        for name, value in HOSTILE.items():
            said = "&".join(f"{key}={word}" for key, word in {**right, field: value}.items())
            answer = browser.post(f"/events/{held.slug}/edit/", said, content_type=ENCODED)
            assert look_at(answer, f"{field} {name}")
    for path in ("/events/", f"/events/{held.slug}/", "/events/calendar.ics"):
        assert look_at(browser.get(path), path)


@pytest.mark.parametrize("path", LISTS)
def test_parameters_may_be_anything(event, as_organiser, olga, path):
    event()
    browser = as_organiser(olga)
    for name in PARAMETERS:
        for value in HOSTILE.values():
            assert look_at(browser.get(f"{path}?{name}={value}"), f"{path} {name} {value[:40]}")


def test_addresses_may_be_anything(event, come, as_organiser, olga):
    held = event()
    token = come(held, "dora@example.org").get_absolute_url().split("/")[-2]
    browser = as_organiser(olga)
    for value in HOSTILE.values():
        for path in (
            *(f"/events/{value}/", f"/events/{value}/run/", f"/events/{held.slug}/run/{value}/"),
            *(f"/events/place/{value}/", f"/events/place/{token}{value}/"),
            *(f"/events/{held.slug}/check-in/?code={value}", f"/events/{value}/event.ics"),
        ):
            assert look_at(browser.get(path), path[:80])
            if "place" in path:
                assert look_at(browser.post(path), path[:80])
