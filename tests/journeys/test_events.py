"""Events in a real browser: who comes, who waits and moves up, and who runs them."""

import datetime
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from hubs.events import actions
from hubs.events.models import Event, Registration
from hubs.hub.models import Hub
from pledges.accounts.models import Confirmation, Grant, Taken, User
from tests.journeys.test_accounts import newest_mail
from tests.journeys.test_decency import enter
from tests.journeys.test_pledging import answer_the_mail
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.processes import eventually

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
DORA, EMIL = "dora@example.org", "emil@example.org"
TITLE = "Clean hands for all"


@pytest.fixture(autouse=True)
def own_traces(world, mails) -> Iterator[None]:
    """What is made here goes again: other journeys have a world without events."""
    yield
    Event.objects.all().delete()
    Confirmation.objects.all().delete()
    Taken.objects.all().delete()
    User.objects.all().delete()
    # Playwright's loop has a connection of its own, which nobody else would close.
    connection.close()


@pytest.fixture
def event(world) -> Event:
    """An event with one place, at the hospital in Leeds in three days."""
    hospital = world.hospital
    start = timezone.now() + datetime.timedelta(days=3)
    made = actions.create_event(
        None,
        {
            "title": TITLE,
            "kind": Event.Kind.MEETING,
            "hub": Hub.objects.get(areas=hospital.region),
            "starts_at": start,
            "ends_at": start + datetime.timedelta(hours=1),
            "place": "Leeds Infirmary, room 4",
            "found_by": "LS9 7TF",
            "location": hospital.location,
            "district": hospital.district,
            "region": hospital.region,
            "capacity": 1,
        },
        [],
    )
    actions.publish(made)
    made.refresh_from_db()
    return made


def register(visitor: Visitor, email: str, button: str) -> None:
    page = visitor.page
    page.get_by_label("Your name").fill(email.partition("@")[0].title())
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name=button).click()
    visitor.see("Check your mail")
    answer_the_mail(visitor, email, "Yes, register me")


@SIZES
def test_register_give_up_and_the_waiting_list_moves(visit, event, size):
    dora = visit("/events/", size)
    dora.check_access("events")
    dora.page.get_by_role("link", name=TITLE).click()
    dora.check_access("event")
    dora.page.get_by_role("link", name="Register your place").click()
    dora.check_access("register")
    register(dora, DORA, "Register")
    dora.see("You have a place")
    dora.check_access("place")

    emil = visit(f"/events/{event.slug}/", size)
    emil.see("All taken; there is a waiting list")
    emil.page.get_by_role("link", name="Join the waiting list").click()
    register(emil, EMIL, "Join the waiting list")
    emil.see("You are on the waiting list")
    waits = emil.page.url.removeprefix(emil.site)

    dora.page.get_by_role("button", name="Give up my place").click()
    dora.see("You gave up your place")
    dora.check_access("given up")
    eventually(lambda: "You have a place now" in newest_mail(emil, EMIL))
    emil.go(waits)
    emil.see("You have a place")
    assert event.registrations.placed().get().email == EMIL
    for visitor in (dora, emil):
        visitor.check_policy()


def test_registering_by_keyboard_alone(visit, event):
    visitor = visit(f"/events/{event.slug}/register/")
    keyboard = visitor.page.keyboard
    visitor.press_until("Tab", lambda at: at == "id_name")
    keyboard.type("Dora")
    visitor.press_until("Tab", lambda at: at == "id_email")
    keyboard.type(DORA)
    visitor.press_until("Tab", lambda at: at == "Register")
    keyboard.press("Enter")
    visitor.see("Check your mail")
    assert event.registrations.get().name == "Dora"


def test_registering_and_giving_up_without_scripts(visit, event):
    visitor = visit(f"/events/{event.slug}/register/", PHONE, java_script_enabled=False)
    register(visitor, DORA, "Register")
    visitor.see("You have a place")
    visitor.page.get_by_role("button", name="Give up my place").click()
    visitor.see("You gave up your place")
    assert event.registrations.get().state == Registration.State.CANCELLED


def test_errors_are_said(window, event):
    visitor = window(PHONE)
    visitor.go(f"/events/{event.slug}/register/")
    visitor.page.get_by_role("button", name="Register").click()
    visitor.see("There is a problem")
    visitor.see("Enter your name")
    visitor.check_access("register with errors")


def test_a_steward_takes_an_event_from_a_draft_to_its_slides(visit, world):
    steward = User.objects.create_user("stella@example.org")
    region = world.hospital.region
    Grant.objects.create(person=steward, role=Grant.Role.STEWARD, area=region)
    visitor = enter(visit("/events/", PHONE), steward)
    page = visitor.page
    visitor.go("/events/")
    page.get_by_role("link", name="Events I organise").click()
    visitor.check_access("events I organise")
    page.get_by_role("link", name="Write a new event").click()
    visitor.check_access("new event")
    page.get_by_label("Title").fill("Soup for change")
    page.get_by_label("Forum").check()
    page.get_by_label("Whose event is it?").select_option(index=1)
    page.get_by_label("Day", exact=True).fill(f"{timezone.now().year + 1}-06-15")
    page.get_by_label("From").fill("14:00")
    page.get_by_label("To", exact=True).fill("16:00")
    page.get_by_label("At a place").check()
    page.get_by_label("Name and address of the place").fill("Town Hall")
    where = page.get_by_label("Where that is on the map")
    where.fill("LS9 7TF")
    page.keyboard.press("Tab")
    visitor.see("On the map: LS9 7TF")
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(600)  # the map glides
    page.keyboard.press("Enter")
    visitor.see("The point is set")
    assert re.fullmatch(r"53\.\d{6}, -1\.\d{6}", where.input_value())
    page.get_by_role("application", name="Map to set the place by").click(
        position={"x": 150, "y": 90}
    )
    clicked = where.input_value()
    page.get_by_text("Questions to everybody who registers").click()
    page.get_by_label("Question 1", exact=True).fill("Meat or fish?")
    visitor.check_access("questions")
    page.get_by_role("button", name="Save the draft").click()
    visitor.see("The draft is saved")
    visitor.check_access("draft")
    page.get_by_role("link", name="Publish").click()
    visitor.check_access("publish?")
    page.get_by_role("button", name="Publish it").click()
    visitor.see("places taken")

    made = Event.objects.get(title="Soup for change")
    assert f"{made.location.y:.6f}, {made.location.x:.6f}" == clicked
    row = a_guest(made)
    start = timezone.now() - datetime.timedelta(minutes=5)
    Event.objects.update(starts_at=start)
    page.get_by_role("link", name="Who comes").click()
    visitor.see("Dora")
    visitor.check_access("who comes")
    visitor.go(f"/events/{made.slug}/check-in/")
    page.get_by_label("Code").fill(row.code)
    page.get_by_role("button", name="Check in").click()
    visitor.see("Dora is checked in.")
    visitor.check_access("the door")
    page.get_by_role("link", name="Back to the event").click()
    page.get_by_role("link", name="It has taken place").click()
    page.get_by_role("button", name="It has taken place").click()
    page.get_by_label("Title of the link").fill("The slides")
    page.get_by_label("Address").fill("https://example.org/slides")
    page.get_by_role("button", name="Add the link").click()
    visitor.check_access("over")
    page.get_by_role("link", name="See its page").click()
    visitor.see("The slides")
    visitor.check_access("past event")
    visitor.check_policy()


def a_guest(event: Event) -> Registration:
    person = User.objects.create_user(DORA)
    asked = event.questions.get()
    return actions.register(event, name="Dora", email=DORA, answers={asked: "Fish"}, person=person)


def test_events_on_the_map(visit, event):
    at = event.location
    visitor = visit(f"/#map=14/{at.y:.4f}/{at.x:.4f}&layers=events")
    page = visitor.page
    marker = page.locator(".marker--event[aria-label]")
    marker.wait_for()
    assert TITLE in marker.get_attribute("aria-label")
    marker.focus()
    page.keyboard.press("Enter")
    visitor.see("Event")
    visitor.check_access("popup of an event")
    page.get_by_role("link", name=TITLE).click()
    visitor.see("Leeds Infirmary, room 4")
    visitor.check_policy()


def test_who_waits_finds_the_way_from_their_own_page(visit, event):
    for email in (DORA, EMIL):
        person = User.objects.create_user(email)
        actions.register(event, name="X", email=email, answers={}, person=person)
    visitor = enter(visit("/events/"), person)
    visitor.go("/mine/")
    visitor.check_access("mine")
    visitor.page.get_by_role("link", name=TITLE).click()
    visitor.see("You are on the waiting list")
    visitor.check_access("waiting")
