"""Events on the ground of the tests, who runs them, and the mails that go out."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from hubs.events import actions
from hubs.events.models import Event, Question, Registration
from hubs.hub.models import Hub
from pledges.accounts.models import Grant, User
from tests.factories import Ground
from tests.hubs.conftest import hubs, hubs_file
from tests.pledges.accounts.conftest import Received, post
from tests.second_factors import sign_in

__all__ = ["hubs", "hubs_file", "post"]
JOIN = "https://meet.example.org/secret-room"
FORM = {
    "title": "Soup for change",
    "kind": "forum",
    "hub": "west",
    "description": "We cook.\r\n\r\nAnd talk.",
    "day": "2027-10-31",
    "start": "14:00",
    "end": "16:00",
    "where": "place",
    "place": "Town Hall",
    "found_by": "BS1 1AA",
    "join_link": "",
    "capacity": "20",
}


def grant(email: str, role: str, area=None) -> User:
    person = User.objects.create_user(email, name=email.partition("@")[0].title())
    Grant.objects.create(person=person, role=role, area=area)
    return person


@pytest.fixture
def wilma(ground: Ground) -> User:
    """The steward of the West, whose hub is the West hub."""
    return grant("wilma@example.org", Grant.Role.STEWARD, ground.west)


@pytest.fixture
def erwin(ground: Ground) -> User:
    """The steward of the East."""
    return grant("erwin@example.org", Grant.Role.STEWARD, ground.east)


@pytest.fixture
def olga(ground: Ground) -> User:
    """An operator."""
    return grant("olga@example.org", Grant.Role.OPERATOR)


@pytest.fixture
def as_organiser() -> Callable[[User], Client]:
    """A browser in which somebody has signed in with a second factor."""
    return lambda person: sign_in(Client(), person)


@pytest.fixture
def event(hubs: dict[str, Hub], ground: Ground) -> Callable[..., Event]:
    """Make an event of the West hub at its hospital in three days, published unless said else.

    `online=True` gives it a link to join; `hub=None` makes it national.
    """

    def make(title: str = "Clean hands for all", **fields: object) -> Event:
        start = fields.pop("starts_at", timezone.now() + datetime.timedelta(days=3))
        status = fields.pop("status", Event.Status.PUBLISHED)
        questions = fields.pop("questions", [])
        given = {
            "title": title,
            "kind": Event.Kind.MEETING,
            "hub": hubs["west"],
            "starts_at": start,
            "ends_at": fields.pop("ends_at", start + datetime.timedelta(hours=2)),
            **fields,
        }
        if given.get("online"):
            given.setdefault("join_link", JOIN)
        else:
            given |= {"place": "Room 4, Alderham Hospital", "found_by": "BS1 1AA"}
            given |= {"location": Point(-3.0, 51.0, srid=4326), "district": ground.alderham}
            given |= {"region": ground.west}
            given |= {name: fields[name] for name in given if name in fields}
        made = actions.create_event(None, given, questions)
        Event.objects.filter(pk=made.pk).update(status=status)
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def come(database) -> Callable[..., Registration]:
    """Let somebody register and confirm: `come(event, "dora@example.org")`."""

    def register(event: Event, email: str, answers: dict | None = None) -> Registration:
        person, _made = User.objects.get_or_create(email=email)
        name = email.partition("@")[0].title()
        return actions.register(event, name=name, email=email, answers=answers or {}, person=person)

    return register


@pytest.fixture
def form() -> dict[str, str]:
    """The fields of a new event, in a year of their own."""
    year = timezone.now().year + 1
    return {**FORM, "day": f"{year}-06-15"}


@pytest.fixture
def west(as_organiser, wilma) -> Client:
    return as_organiser(wilma)


@pytest.fixture
def written(hubs, west, form) -> Event:
    """A draft that the steward of the West wrote in the form."""
    answer = west.post("/events/new/", {**form, "question_1": "Meat?", "choices_1": "Yes\nNo"})
    made = Event.objects.get()
    assert answer["Location"] == f"/events/{made.slug}/run/"
    return made


def question(text: str = "What shall we cook?", **fields: object) -> Question:
    return Question(text=text, **fields)


def calendars(mail: Received) -> list[Calendar]:
    """The calendar messages in a mail, as a calendar program reads them."""
    parts = [part for part in mail.message.walk() if part.get_content_type() == "text/calendar"]
    for part in parts:
        assert part.get_content_charset() == "utf-8"
    found = [Calendar.from_ical(part.get_content()) for part in parts]
    # The type of the part says the same as the calendar (RFC 6047, 2.4).
    assert [part.get_param("method") for part in parts] == [one["method"] for one in found]
    return found


def entry(mail: Received):
    """The one event in the one calendar message of a mail, and its method."""
    (calendar,) = calendars(mail)
    (found,) = calendar.walk("VEVENT")
    return str(calendar["method"]), found


def states(event: Event) -> dict[str, int]:
    rows = event.registrations.values_list("state", flat=True)
    return {state: list(rows).count(state) for state in set(rows)}
