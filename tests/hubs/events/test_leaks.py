"""Links to join, names and lists of those who come, and drafts: in no answer to a stranger."""

from collections import defaultdict

import pytest
from django.test import Client

from hubs.events.models import Event
from tests.factories import Ground
from tests.hubs.events.conftest import JOIN, question
from tests.test_hostile import GOOD, PART, ROUTES

NAME, MAIL, ANSWER = "Doralinda", "doralinda@example.org", "Zanzibar soup"
SECRETS = (JOIN, "secret-room", NAME, MAIL, ANSWER)
ASKED = ("", "?q=zanzibar", "?area=Y58")
# Signing in, the ground of the map and the admin, which a stranger is sent away from as a whole.
ELSEWHERE = ("accounts/", "admin/", "base/", "words.js")
WALKED = [route for route in ROUTES if not route.startswith(ELSEWHERE)]


@pytest.fixture
def told(event, come, count_up) -> Event:
    """An online event of the West with one guest who has answered, and a draft beside it."""
    held = event("Open webinar", kind="webinar", online=True, questions=[question()])
    row = come(held, MAIL, {held.questions.get(): ANSWER})
    row.name = NAME
    row.save()
    event("Unheard-of draft", status=Event.Status.DRAFT, description=f"{ANSWER} {NAME}")
    count_up()
    return held


def everything(client: Client, slug: str, code: str) -> dict[str, str]:
    """All that the site answers, by address, for the parts that this event has."""
    seen = {}
    parts = defaultdict(lambda: "x", {**GOOD, "slug": slug, "key": slug, "pk": "0", "morton": "0"})
    parts |= {"layer": "events", "name": "events"}
    for route in WALKED:
        for asked in (*ASKED, f"?code={code}"):
            path = PART.sub(lambda part: parts[part.group(1)], f"/{route}") + asked
            answer = client.get(path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = "" if answer.get("Content-Encoding") else body.decode(errors="replace")
            seen[path] = text
    return seen


def telling(seen: dict[str, str], word: str) -> list[str]:
    # A search repeats what was searched for.
    return [path for path, text in seen.items() if word in text and word.lower() not in path]


def test_a_stranger_finds_nothing_that_is_not_public(told, client):
    code = told.registrations.get().code
    seen = everything(client, told.slug, code)
    assert len(telling(seen, "Open webinar")) > 5
    for secret in (*SECRETS, "Unheard-of"):
        assert telling(seen, secret) == [], secret


def test_an_ordinary_person_finds_no_more(told, client, charlie):
    client.force_login(charlie)
    seen = everything(client, told.slug, "X")
    for secret in (*SECRETS, "Unheard-of"):
        assert telling(seen, secret) == [], secret


def test_the_steward_of_another_area_finds_no_more(told, as_organiser, erwin):
    seen = everything(as_organiser(erwin), told.slug, "X")
    for secret in (*SECRETS, "Unheard-of"):
        assert telling(seen, secret) == [], secret


def test_the_draft_is_as_if_it_were_not(told, client, charlie):
    draft = Event.objects.get(status=Event.Status.DRAFT)
    for path in ("", "event.ics", "register/"):
        assert client.get(f"/events/{draft.slug}/{path}").status_code == 404
    assert client.get(f"/api/collections/events/items/{draft.slug}").status_code == 404


def test_who_has_a_place_sees_the_link_and_who_waits_does_not(told, event, come, client):
    assert JOIN in client.get(told.registrations.get().get_absolute_url()).content.decode()
    full = event(online=True, capacity=1)
    come(full, "a@example.org")
    waits = come(full, "b@example.org")
    assert JOIN not in client.get(waits.get_absolute_url()).content.decode()


@pytest.mark.parametrize("state", ["cancelled", "unconfirmed"])
def test_nor_does_who_gave_it_up_or_never_confirmed(told, client, state):
    row = told.registrations.get()
    told.registrations.update(state=state)
    assert JOIN not in client.get(row.get_absolute_url()).content.decode()


def test_an_address_of_a_place_cannot_be_made_up(told, client):
    row = told.registrations.get()
    good = row.get_absolute_url()
    for forged in (
        f"/events/place/{row.pk}/",
        f"/events/place/{row.pk + 1}:{good.partition(':')[2]}",
        good.replace(":", ":x"),
        "/events/place/x:y/",
    ):
        answer = client.get(forged)
        assert answer.status_code == 404, forged
        assert client.post(forged).status_code == 404
    assert told.registrations.get().placed


def test_places_are_not_kept_by_browsers_or_search_engines(told, client):
    answer = client.get(told.registrations.get().get_absolute_url())
    assert "no-store" in answer["Cache-Control"]
    assert 'name="robots" content="noindex"' in answer.content.decode()


def test_the_api_says_what_it_means_to_say(told, ground: Ground, client):
    (one,) = client.get("/api/collections/events/items").json()["features"]
    assert set(one["properties"]) == {
        *("title", "kind", "status", "description", "starts", "ends", "online", "place", "hub"),
        *("district", "region", "changed", "demo", "url"),
    }
