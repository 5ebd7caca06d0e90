"""From a thought to a pledge that others join: in a real browser, with real mails."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from geo.counts.fold import fold
from pledges.accounts.models import Confirmation, Taken, User
from pledges.pledging.models import SPEC, Join, Pledge, PledgeCounts
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.journeys.world import pledge

NEW = "/pledges/new/"
TEXT = "I will read aloud to people on the stroke ward."
DORA, EMIL = "dora@example.org", "emil@example.org"


@pytest.fixture(autouse=True)
def own_traces(world, mails, outbox) -> Iterator[None]:
    """What is made here goes again: other journeys count the pledges of their world."""
    last = Pledge.objects.latest("pk").pk
    yield
    Join.objects.all().delete()
    Confirmation.objects.all().delete()
    Taken.objects.all().delete()
    Pledge.objects.filter(pk__gt=last).delete()
    User.objects.all().delete()
    PledgeCounts.objects.update(likes=0, joins=0)
    # Nor does a mail of this journey pass for the newest of the next.
    for mail in Path(outbox["OUTBOX"]).iterdir():
        mail.unlink()
    while fold(SPEC):
        pass
    # Playwright's loop has a connection of its own, which nobody else would close.
    connection.close()


@pytest.fixture
def pledged(own_traces) -> Pledge:
    made = pledge("care", TEXT, 0, outcode="SO14")
    while fold(SPEC):
        pass
    return made


def fill_in(visitor: Visitor, text: str = TEXT, postcode: str = "SO14 0AA") -> None:
    page = visitor.page
    page.get_by_label("What will you do?").fill(text)
    page.get_by_label("Better care").check()
    page.get_by_label("I work in the NHS").check()
    page.get_by_label("Name to show").fill("Dora")
    page.get_by_label("Your postcode").fill(postcode)
    page.get_by_label("Somewhere in the first half of my postcode").check()
    page.get_by_label("Your e-mail address").fill(DORA)


def answer_the_mail(visitor: Visitor, to: str, button: str) -> None:
    """Open the newest mail in the demo's outbox, follow its link and press the button."""
    page = visitor.page
    page.get_by_role("link", name="outbox").click()
    mail = page.locator("article.mail", has_text=f"To {to}").first
    for _second in range(30):
        if mail.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    mail.locator("a[href*='/confirm/']").first.click()
    page.get_by_role("button", name=button).click()
    visitor.settle()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_pledge_is_made_confirmed_seen_and_joined(visit, size):
    dora = visit(NEW, size)
    dora.check_access("empty form")
    fill_in(dora)
    dora.page.get_by_role("button", name="Make my pledge").click()
    dora.see("Check your mail")
    assert not Pledge.objects.get(text=TEXT).public
    answer_the_mail(dora, DORA, "Yes, confirm my pledge")
    dora.see("Your pledge is confirmed")
    dora.page.get_by_role("link", name="Go to the pledge").click()
    dora.see(TEXT)
    dora.check_access("pledge")
    dora.check_policy()
    address = dora.page.url.removeprefix(dora.site)
    while fold(SPEC):
        pass

    emil = visit("/map/list/?q=stroke+ward", size)
    emil.page.get_by_role("link", name=TEXT).click()
    assert emil.page.url.endswith(address)
    emil.page.get_by_role("link", name="Join this pledge").click()
    emil.check_access("join")
    emil.page.get_by_label("Your e-mail address").fill(EMIL)
    emil.page.get_by_role("button", name="I join").click()
    emil.see("Check your mail")
    answer_the_mail(emil, EMIL, "Yes, I join")
    emil.see("You have joined")
    emil.go(address)
    emil.see("1 joined")
    assert Join.objects.get().person.email == EMIL


def test_a_confirmed_pledge_is_on_the_map(visit, pledged):
    at = pledged.location
    visitor = visit(f"/#map=17/{at.y:.4f}/{at.x:.4f}")
    found = [name for name in visitor.markers() if "Pledge: Better care" in name or "2 pl" in name]
    assert found


def test_by_keyboard_alone(visit):
    visitor = visit(NEW)
    keyboard = visitor.page.keyboard
    steps = {
        "id_text": lambda: keyboard.type(TEXT),
        "id_theme": lambda: keyboard.press("Space"),
        "id_i_am": lambda: keyboard.press("Space"),
        "id_organisation": lambda: choose_the_hospital(visitor),
        "id_show": lambda: keyboard.press("Space"),
        "id_email": lambda: keyboard.type(DORA),
    }
    for field, act in steps.items():
        visitor.press_until("Tab", lambda at, field=field: at == field)
        act()
    keyboard.press("Enter")
    visitor.see("Check your mail")
    made = Pledge.objects.get(text=TEXT)
    assert made.organisation.name == "Leeds Infirmary"
    assert made.show == Pledge.Show.ORGANISATION


def choose_the_hospital(visitor: Visitor) -> None:
    visitor.page.keyboard.type("infirm")
    visitor.page.get_by_role("option", name="Leeds Infirmary").wait_for()
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")


def test_without_scripts_similar_ones_are_shown_before_it_is_made(visit, pledged):
    visitor = visit(NEW, java_script_enabled=False)
    page = visitor.page
    fill_in(visitor)
    page.get_by_role("textbox", name="Organisation").fill("leeds inf")
    page.get_by_role("button", name="Make my pledge").click()
    visitor.see("Others have pledged something like this")
    assert page.get_by_role("link", name="Join this pledge").count()
    assert page.get_by_label("What will you do?").input_value() == TEXT
    page.get_by_role("button", name="Make my own pledge all the same").click()
    visitor.see("Check your mail")
    answer_the_mail(visitor, DORA, "Yes, confirm my pledge")
    visitor.see("Your pledge is confirmed")
    assert Pledge.objects.public().filter(text=TEXT).count() == 2


def test_similar_ones_are_offered_while_it_is_typed(visit, pledged):
    visitor = visit(NEW)
    visitor.page.get_by_label("What will you do?").press_sequentially(TEXT[:-8])
    visitor.see("Others have pledged something like this")
    visitor.check_access("similar pledges")
    visitor.page.get_by_role("link", name="Join this pledge").click()
    visitor.page.wait_for_url(f"**/pledges/{pledged.pk}/join/")


def test_what_somebody_else_wrote_stays_text(visit):
    own = "I will whistle quietly in the linen cupboard each Tuesday."
    evil = f'<img src=x onerror="document.title=1"> {own} <b>Now</b> {{{{ x }}}} &amp;'
    pledge("care", evil, 0, outcode="SO14")
    visitor = visit(NEW)
    visitor.page.get_by_label("What will you do?").fill(own)
    visitor.see("<b>Now</b> {{ x }} &amp;")
    assert visitor.page.title().startswith("Make a pledge")
    visitor.check_policy()


def test_a_wrong_postcode_keeps_everything_typed(window):
    visitor = window(PHONE)
    visitor.go(NEW)
    fill_in(visitor, postcode="ZZ99 9ZZ")
    visitor.page.get_by_role("button", name="Make my pledge").click()
    visitor.see("There is a problem")
    page = visitor.page
    assert page.get_by_label("What will you do?").input_value() == TEXT
    assert page.get_by_label("Better care").is_checked()
    assert page.get_by_label("I work in the NHS").is_checked()
    assert page.get_by_label("Name to show").input_value() == "Dora"
    assert page.get_by_label("Your postcode").input_value() == "ZZ99 9ZZ"
    assert page.get_by_label("Your e-mail address").input_value() == DORA
    visitor.check_access("errors")
    assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
    page.get_by_role("link", name=re.compile("We do not know this postcode")).click()
    assert visitor.focused() == "id_postcode"
    page.get_by_label("Your postcode").fill("SO14 0AA")
    page.get_by_role("button", name="Make my pledge").click()
    visitor.see("Check your mail")


def test_sent_twice_at_once_it_is_one_pledge(visit):
    visitor = visit(NEW)
    fill_in(visitor)
    visitor.page.evaluate(
        """() => { const form = document.getElementById("making");
        const send = () => fetch(form.action, {method: "POST", body: new FormData(form)});
        return Promise.all([send(), send(), send()]); }"""
    )
    assert Pledge.objects.filter(text=TEXT).count() == 1
    assert Confirmation.objects.count() == 1


def test_nothing_is_cut_off_sideways(visit, world):
    for path in (NEW, f"/pledges/{world.lone.pk}/", f"/pledges/{world.lone.pk}/join/"):
        visitor = visit(path, (320, 640))
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
