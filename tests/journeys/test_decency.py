"""Reported, hidden by keyboard, told and answered; written to somebody; warned while typing."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from config import env
from geo.counts.fold import fold
from pledges.accounts.models import Grant, Taken, User
from pledges.moderation import messages
from pledges.pledging.counted import SPECS
from pledges.pledging.models import Pledge
from pledges.stories.models import Story
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.journeys.world import pledge
from tests.processes import eventually
from tests.second_factors import sign_in

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
TEXT = "I will tell everybody about the man in bed four."


@pytest.fixture(autouse=True)
def own_traces(world, mails) -> Iterator[None]:
    """What is made here goes again: other journeys count the pledges of their world."""
    last = Pledge.objects.latest("pk").pk
    yield
    Authenticator.objects.all().delete()
    Grant.objects.all().delete()
    Story.objects.filter(pledge__pk__gt=last).delete()
    for made in Pledge.objects.filter(pk__gt=last):
        made.delete()
    Taken.objects.all().delete()
    User.objects.all().delete()
    _count()
    connection.close()


@pytest.fixture
def author(own_traces) -> User:
    return User.objects.create_user("dora@example.org")


@pytest.fixture
def steward(own_traces, world) -> User:
    person = User.objects.create_user("stella@example.org", name="Stella")
    Grant.objects.create(person=person, role=Grant.Role.OPERATOR)
    return person


@pytest.fixture
def pledged(author) -> Pledge:
    made = pledge("care", TEXT, 0, outcode="SO14")
    made.author, made.contactable = author, True
    made.save(update_fields=["author", "contactable"])
    _count()
    return made


def _count() -> None:
    for spec in SPECS:
        while fold(spec):
            pass


def enter(visitor: Visitor, person: User) -> Visitor:
    """Sign somebody in, with their second factor where they need one."""
    client = Client()
    # The server has the key of its own settings, by which it knows its sessions.
    with override_settings(SECRET_KEY=env.secret_key()):
        if Grant.objects.of(person).exists():
            sign_in(client, person)
        else:
            client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": visitor.site}
    visitor.page.context.add_cookies([cookie])
    return visitor


def newest_link(visitor: Visitor, to: str) -> str:
    """Look into the demo's outbox until a mail to this address is there; the link in it."""

    def look() -> str:
        visitor.go("/demo/outbox/")
        mail = visitor.page.locator(".mail").filter(has_text=to)
        return mail.first.inner_text() if mail.count() else ""

    words = eventually(look)
    return re.search(r"http\S+/(?:decisions|messages)/\S+", words)[0]


@SIZES
def test_reported_hidden_by_keyboard_told_and_answered(visit, window, pledged, steward, size):
    reader = visit(f"/pledges/{pledged.pk}/", size)
    reader.page.get_by_role("link", name="Report this pledge").click()
    reader.check_access("report")
    reader.page.get_by_label("It names a patient or tells something private").check()
    reader.page.get_by_role("button", name="Report it").click()
    reader.see("A moderator will look at what you reported.")
    reader.check_access("reported")
    reader.check_policy()

    moderator = enter(visit("/", size), steward)
    moderator.go("/moderation/")
    moderator.see("1 waits")
    moderator.check_access("queue")
    keyboard = moderator.page.keyboard
    keyboard.press("j")
    assert TEXT in moderator.focused()
    keyboard.press("Enter")
    moderator.page.wait_for_url("**/moderation/*/")
    moderator.check_access("case")
    keyboard.press("2")
    keyboard.press("r")
    keyboard.type("It names a person")
    keyboard.press("Tab")
    keyboard.type("Please leave out the bed.")
    moderator.press_until("Tab", lambda at: at == "Decide")
    keyboard.press("Enter")
    moderator.see("Decided.")
    moderator.check_access("decided")
    moderator.check_policy()
    _count()
    pledged.refresh_from_db()
    assert not pledged.public

    told = visit("/demo/outbox/", size)
    link = newest_link(told, "dora@example.org")
    told.page.goto(link)
    told.see("A moderator hid what you wrote")
    told.see("Please leave out the bed.")
    told.check_access("told")
    told.page.get_by_label("Your answer").fill("It was my own bed.")
    told.page.get_by_role("button", name="Send my answer").click()
    told.see("A moderator will look at it again.")
    told.check_policy()

    moderator.go("/moderation/")
    moderator.see("The author answered")
    moderator.page.get_by_role("link", name=TEXT).click()
    moderator.see("It was my own bed.")
    moderator.check_access("answered")
    moderator.page.get_by_label("Show it again").check()
    moderator.page.get_by_role("button", name="Decide").click()
    moderator.see("Decided.")
    pledged.refresh_from_db()
    assert pledged.public
    assert pledged.cases.get().decisions.count() == 2


def test_keys_can_be_switched_off(visit, pledged, steward):
    moderator = enter(visit(f"/report/pledge/{pledged.pk}/"), steward)
    moderator.page.get_by_label("Something else").check()
    moderator.page.get_by_role("button", name="Report it").click()
    moderator.go("/moderation/")
    moderator.page.locator("#keys summary").click()
    switch = moderator.page.get_by_role("button", name="Keys on")
    switch.click()
    assert switch.get_attribute("aria-pressed") == "false"
    moderator.check_access("keys")
    moderator.go("/moderation/")
    moderator.page.keyboard.press("j")
    assert moderator.page.evaluate("document.activeElement === document.body")


@SIZES
def test_getting_in_touch(visit, pledged, author, size):
    emil = User.objects.create_user("emil@example.org")
    here = enter(visit("/", size), emil)
    here.go(f"/pledges/{pledged.pk}/")
    here.page.get_by_role("link", name="Get in touch with its author").click()
    here.check_access("contact")
    here.page.get_by_label("Your message").press_sequentially("Ring 07700 900123", delay=1)
    here.see("This seems to hold a telephone number.")
    here.check_access("warned")
    here.page.get_by_label("Your message").fill("May I visit you?")
    here.page.get_by_role("button", name="Send the message").click()
    here.see("May I visit you?")
    here.check_access("thread")
    here.check_policy()
    there = enter(visit("/demo/outbox/", size), author)
    there.page.goto(newest_link(there, author.email))
    there.see("May I visit you?")
    there.page.get_by_label("Your message").fill("Yes, on Monday.")
    there.page.get_by_role("button", name="Send the message").click()
    there.see("Yes, on Monday.")
    there.page.get_by_role("button", name="Block them").click()
    there.see("You have blocked them")
    there.check_access("blocked")


@SIZES
def test_warned_of_a_number_while_typing_a_pledge(visit, size):
    visitor = visit("/pledges/new/", size)
    field = visitor.page.get_by_label("What will you do?")
    field.fill("I will listen to whoever rings 07700 900123.")
    visitor.see("This seems to hold a telephone number.")
    visitor.check_access("warned")
    field.fill("I will listen to whoever rings me.")
    visitor.page.locator(".decency").wait_for(state="hidden")
    visitor.check_policy()


def test_nothing_is_cut_off_sideways(visit, pledged, steward, author):
    emil = User.objects.create_user("emil@example.org")
    thread = messages.write(pledged, emil, "Hello. " * 40)
    visitor = enter(visit("/", (320, 640)), steward)
    visitor.go(f"/report/pledge/{pledged.pk}/")
    visitor.page.get_by_label("Something else").check()
    visitor.page.get_by_role("button", name="Report it").click()
    case = pledged.cases.get()
    reader = enter(visit("/", (320, 640)), emil)
    looked_at = [
        *((visitor, path) for path in ("/moderation/", f"/moderation/{case.pk}/")),
        *((reader, path) for path in (f"/messages/{thread.pk}/", "/mine/")),
    ]
    for who, path in looked_at:
        who.go(path)
        wide = who.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
