"""What is kept of people at events: shown to them, handed over, forgotten in time."""

import datetime
import json

import pytest
from django.utils import timezone

from hubs.events import actions
from hubs.events.models import Announcement, Answer, Event, Registration
from pledges.accounts.delete_account import delete_account
from pledges.accounts.models import User
from pledges.accounts.retention import forget, remove_demo
from tests.hubs.events.conftest import question, states

DAY = datetime.timedelta(days=1)


@pytest.fixture
def held(event, come, post):
    """Dora has the one place and answered, Emil waits."""
    made = event(capacity=1, questions=[question()])
    come(made, "dora@example.org", {made.questions.get(): "Leek soup"})
    come(made, "emil@example.org")
    post()
    return made


def ended(event: Event, ago: datetime.timedelta) -> None:
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(starts_at=now - ago - DAY, ends_at=now - ago)


def test_my_events_are_on_my_page_and_in_my_data(held, client):
    client.force_login(User.objects.get(email="dora@example.org"))
    page = client.get("/mine/").content.decode()
    assert "Clean hands for all" in page
    assert held.registrations.placed().get().get_absolute_url() in page
    told = json.loads(client.get("/mine/data.json").content)["events"]
    assert [(one["event"], one["state"], one["answers"]) for one in told] == [
        ("Clean hands for all", "placed", ["Leek soup"])
    ]


def test_somebody_elses_events_are_on_neither(held, client, charlie):
    client.force_login(charlie)
    assert "Clean hands" not in client.get("/mine/").content.decode()
    assert json.loads(client.get("/mine/data.json").content)["events"] == []


def test_an_address_typed_by_another_says_nothing_of_its_owner(event, client, charlie):
    actions.register(event(), name="X", email=charlie.email, answers={}, person=None)
    client.force_login(charlie)
    assert "Clean hands" not in client.get("/mine/").content.decode()


def test_a_deleted_account_gives_its_place_to_who_waits(held, post):
    dora = User.objects.get(email="dora@example.org")
    delete_account(dora, keep_pledges=True)
    assert states(held) == {"cancelled": 1, "placed": 1}
    assert not Registration.objects.filter(email="dora@example.org").exists()
    assert not Registration.objects.filter(name="Dora").exists()
    assert not Answer.objects.exists()
    assert [mail.message["To"] for mail in post()] == ["emil@example.org"]


def test_names_are_forgotten_ninety_days_after_the_event(held):
    Announcement.objects.create(event=held, to="all", subject="S", text="T")
    ended(held, 89 * DAY)
    forget()
    assert Registration.objects.filter(email="dora@example.org").exists()
    ended(held, 91 * DAY)
    told = {str(one.name): one.number for one in forget(dry_run=True)}
    assert told["Names and addresses of those at an event, after it"] == 2
    assert Registration.objects.exclude(email="").count() == 2
    forget()
    rows = Registration.objects.all()
    assert {(row.name, row.email, row.code, row.person) for row in rows} == {("", "", "", None)}
    assert states(held) == {"placed": 1, "waiting": 1}
    assert not Answer.objects.exists()
    assert not Announcement.objects.exists()


def test_who_never_confirmed_is_forgotten_after_a_week(event):
    made = actions.register(event(), name="Gus", email="gus@example.org", answers={}, person=None)
    Registration.objects.update(created_at=made.created_at - 6 * DAY)
    forget()
    assert Registration.objects.exists()
    Registration.objects.update(created_at=made.created_at - 8 * DAY)
    forget()
    assert not Registration.objects.exists()


def test_the_spans_stand_on_the_privacy_page(held, client):
    page = client.get("/privacy/").content.decode()
    assert "Names and addresses of those at an event, after it" in page


def test_a_forgotten_place_has_no_page(held, client):
    address = held.registrations.placed().get().get_absolute_url()
    assert client.get(address).status_code == 200
    ended(held, 91 * DAY)
    forget()
    assert client.get(address).status_code == 404


def test_demo_events_go_and_others_stay(held, event):
    event("Made up", demo=True)
    remove_demo()
    assert list(Event.objects.all()) == [held]
