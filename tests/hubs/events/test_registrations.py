"""Places: as many as there are, in the order of asking, and free ones to who waited longest."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from hubs.events import actions
from hubs.events.actions import RegistrationClosed
from hubs.events.models import Event, Registration
from pledges.accounts import confirmation
from pledges.accounts.models import Confirmation, User
from tests.hubs.events.conftest import states

State = Registration.State


def test_who_is_signed_in_has_a_place_at_once(event, come, post):
    held = event(capacity=2)
    row = come(held, "dora@example.org")
    assert row.placed
    assert len(row.code) == 6
    (mail,) = post()
    assert mail.message["To"] == "dora@example.org"
    assert mail.message["Subject"] == "Your place: Clean hands for all"
    assert row.code in mail.text


def test_a_stranger_is_asked_first_and_keeps_no_place_until_then(event, post):
    held = event(capacity=1)
    made = actions.register(held, name="Dora", email="Dora@Example.org", answers={}, person=None)
    assert states(held) == {"unconfirmed": 1}
    assert held.room == "few"
    (asked,) = post()
    assert asked.message["To"] == "dora@example.org"
    assert "Dora" not in asked.text.replace("dora@", "")
    person = confirmation.confirm(confirmation.answer_by_code("dora@example.org", asked.code))
    made.refresh_from_db()
    assert (made.state, made.person) == (State.PLACED, person)
    assert [mail.message["Subject"] for mail in post()] == ["Your place: Clean hands for all"]


def test_a_confirmation_works_once_and_expires(event, post):
    held = event()
    actions.register(held, name="Dora", email="dora@example.org", answers={}, person=None)
    (asked,) = post()
    found = confirmation.answer_by_token(asked.token)
    confirmation.confirm(found)
    with pytest.raises(confirmation.NotConfirmed):
        confirmation.confirm(found)
    row = Confirmation.objects.get()
    assert row.expires_at - row.created_at < datetime.timedelta(hours=25)


def test_registering_twice_keeps_the_one_place(event, come, post):
    held = event(capacity=5)
    first = come(held, "dora@example.org")
    again = come(held, "DORA@example.org".lower())
    assert again == first
    actions.register(held, name="D", email="dora@example.org", answers={}, person=None)
    (_mail, asked) = post()
    confirmation.confirm(confirmation.answer_by_code("dora@example.org", asked.code))
    assert held.registrations.active().get() == first
    assert post() == []


def test_beyond_the_places_people_wait_and_move_up_in_their_order(event, come, post):
    held = event(capacity=2)
    rows = [come(held, f"p{number}@example.org") for number in range(5)]
    assert [row.state for row in rows] == [State.PLACED] * 2 + [State.WAITING] * 3
    post()
    actions.cancel_registration(rows[0])
    told = {mail.message["To"]: mail.message["Subject"] for mail in post()}
    assert told == {
        "p0@example.org": "You gave up your place: Clean hands for all",
        "p2@example.org": "You have a place now: Clean hands for all",
    }
    actions.cancel_registration(rows[3])  # who waits and leaves moves nobody
    assert [mail.message["To"] for mail in post()] == ["p3@example.org"]
    actions.cancel_registration(rows[1])
    rows[4].refresh_from_db()
    assert rows[4].placed
    assert states(held) == {"placed": 2, "cancelled": 3}


def test_giving_up_twice_moves_up_one(event, come, post):
    held = event(capacity=1)
    first, *_rest = [come(held, f"p{number}@example.org") for number in range(3)]
    assert actions.cancel_registration(first)
    assert not actions.cancel_registration(first)
    assert states(held) == {"placed": 1, "waiting": 1, "cancelled": 1}
    post()
    assert post() == []


def test_more_room_moves_people_up_and_less_takes_no_place_away(event, come, post):
    held = event(capacity=1)
    for number in range(4):
        come(held, f"p{number}@example.org")
    post()
    changed = actions.update_event(held, {"capacity": 3}, [])
    assert states(held) == {"placed": 3, "waiting": 1}
    assert len(post()) == 2
    changed = actions.update_event(changed, {"capacity": 1}, [])
    assert states(held) == {"placed": 3, "waiting": 1}
    assert post() == []
    assert changed.room == "none"


def test_nobody_moves_up_once_it_has_begun(event, come):
    held = event(capacity=1)
    first, _second = come(held, "p0@example.org"), come(held, "p1@example.org")
    Event.objects.update(starts_at=timezone.now() - datetime.timedelta(minutes=1))
    actions.cancel_registration(first)
    assert states(held) == {"waiting": 1, "cancelled": 1}


HOUR = datetime.timedelta(hours=1)


@pytest.mark.parametrize(
    "closed",
    [
        {"status": Event.Status.DRAFT},
        {"status": Event.Status.CANCELLED},
        {"status": Event.Status.HELD},
        {"opens_at": timezone.now() + HOUR},
        {"closes_at": timezone.now() - HOUR},
        {"starts_at": timezone.now() - HOUR},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_closed_event_takes_nobody(event, closed, alice, client):
    held = event(**closed)
    with pytest.raises(RegistrationClosed):
        actions.register(held, name="A", email=alice.email, answers={}, person=alice)
    assert not Registration.objects.exists()
    assert client.get(f"/events/{held.slug}/register/").status_code in (302, 404)


def test_who_asked_in_time_may_confirm_after_the_end_of_registration(event, post):
    held = event(closes_at=timezone.now() + HOUR)
    actions.register(held, name="D", email="dora@example.org", answers={}, person=None)
    (asked,) = post()
    Registration.objects.update(created_at=timezone.now() - 2 * HOUR)
    Event.objects.update(closes_at=timezone.now() - HOUR)
    confirmation.confirm(confirmation.answer_by_token(asked.token))
    assert states(held) == {"placed": 1}


def test_ten_places_for_fifty_at_once(committed, event):
    """The event's row is locked, so the eleventh waits, whoever is quickest."""
    held = event(capacity=10)
    people = [User.objects.create_user(f"p{number}@example.org") for number in range(50)]

    def register(person: User) -> str:
        try:
            return actions.register(
                held, name="P", email=person.email, answers={}, person=person
            ).state
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(register, people))
    assert found.count(State.PLACED) == 10
    assert found.count(State.WAITING) == 40
    waiting = list(held.registrations.waiting())

    def leave(row: Registration) -> bool:
        try:
            return actions.cancel_registration(row)
        finally:
            connection.close()

    leaving = list(held.registrations.placed()[:5])
    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(leave, leaving * 2)) == 5
    assert states(held) == {"placed": 10, "waiting": 35, "cancelled": 5}
    moved = {row.pk for row in held.registrations.placed()} & {row.pk for row in waiting}
    assert moved == {row.pk for row in waiting[:5]}
    codes = held.registrations.exclude(code="").values_list("code", flat=True)
    assert len(set(codes)) == 50


def test_what_is_told_of_the_room_is_no_number(event, come, client):
    held = event(capacity=7)
    page = f"/events/{held.slug}/"
    assert "Available" in client.get(page).content.decode()
    for number in range(2):
        come(held, f"p{number}@example.org")
    assert "A few left" in client.get(page).content.decode()
    for number in range(2, 8):
        come(held, f"p{number}@example.org")
    told = client.get(page).content.decode()
    assert "All taken; there is a waiting list" in told
    assert "capacity" not in client.get(f"/api/collections/events/items/{held.slug}").json()
