"""Reminded, done, told, certified, checked: in a real browser, by keys, without scripts."""

import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.db import connection
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from geo.counts.fold import fold
from pledges.accounts.models import Taken, User
from pledges.pledging.models import SPEC, Pledge
from pledges.reminders.actions import remind
from pledges.stories.models import Story
from tests.journeys.test_accounts import new_address, newest_mail
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.journeys.world import pledge
from tests.processes import eventually

TEXT = "I will read aloud to people on the stroke ward."
STORY = "I read to eleven people, and one read to me."
WAYS = {"phone": (PHONE, {}), "without scripts": (DESKTOP, {"java_script_enabled": False})}


@pytest.fixture
def dora(world, mails) -> Iterator[User]:
    """She promised something for today; what she does goes again."""
    person = User.objects.create_user(new_address())
    made = pledge("care", TEXT, 3, outcode="SO14")
    Pledge.objects.filter(pk=made.pk).update(author=person, due=timezone.localdate())
    yield person
    Pledge.objects.filter(pk=made.pk).delete()
    Taken.objects.all().delete()
    person.delete()
    while fold(SPEC):
        pass
    connection.close()


def mailed(visitor: Visitor, to: User, words: str) -> str:
    """Look into the outbox until the newest mail to somebody has the words; give them."""

    def look_again() -> str:
        found = re.search(words, newest_mail(visitor, to.email))
        return found[0] if found else ""

    return eventually(look_again)


def sign_in(visitor: Visitor, person: User) -> None:
    """By the code of a mail, on the page that asked for it; then on to where she wanted to go."""
    page = visitor.page
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_role("button", name="Send me a code").click()
    back = page.url
    code = mailed(visitor, person, r"Your code: \S+").removeprefix("Your code: ")
    page.goto(back)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()


def look(visitor: Visitor, way: str, state: str) -> None:
    if "without" not in way:
        visitor.check_access(state)
        visitor.check_policy()
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert visitor.page.evaluate(wide), state


@pytest.mark.parametrize("way", WAYS)
def test_from_the_reminder_to_the_check(visit, dora, way):
    size, choices = WAYS[way]
    remind()
    visitor = visit("/demo/outbox/", size, **choices)
    page = visitor.page
    page.goto(mailed(visitor, dora, r"http\S+/reminders/(?!off)\S+"))
    visitor.see("Have you done it?")
    visitor.see(TEXT)
    look(visitor, way, "reminded")
    assert not Pledge.objects.get(text=TEXT).done
    page.get_by_role("button", name="I did it").click()
    visitor.see("You did it. Thank you.")
    look(visitor, way, "done")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="I did it").click()
    page.get_by_role("link", name="Tell what happened").click()
    sign_in(visitor, dora)
    visitor.see("Tell what happened")
    look(visitor, way, "story asked for")
    page.get_by_label("What happened?").fill(STORY)
    page.get_by_label("What difference did it make?").fill("They slept better.")
    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "#005eb8").save(picture, "PNG")
    page.get_by_label("A picture (optional)").set_input_files(
        {"name": "ward.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    visitor.forgive = "/story/"
    page.get_by_role("button", name="Tell it").click()
    visitor.see("Say what is to be seen in the picture")
    look(visitor, way, "an error")
    visitor.forgive = ""
    page.get_by_label("What is to be seen").fill("A book on a bed")
    page.get_by_label("A picture (optional)").set_input_files(
        {"name": "ward.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    page.get_by_role("button", name="Tell it").click()
    visitor.see("Your story is saved.")
    look(visitor, way, "story")
    page.get_by_role("link", name="Get my certificate").click()
    look(visitor, way, "name asked for")
    page.get_by_label("Name to print on it").fill("Dora Ŵyn")
    page.get_by_role("button", name="Make my certificate").click()
    look(visitor, way, "certificate")
    paper = page.get_by_role("link", name="Download it as PDF").get_attribute("href")
    reader = PdfReader(io.BytesIO(page.request.get(visitor.site + paper).body()))
    (code,) = zxingcpp.read_barcodes(reader.pages[0].images[0].image.convert("L"))
    for path in ("/mine/", "/stories/", urlsplit(page.url).path):
        visitor.go(path)
        look(visitor, way, path)
    page.context.clear_cookies()
    page.goto(code.text)
    look(visitor, way, "check")
    page.get_by_label("Name as it is printed").fill("dora ŵyn")
    page.get_by_role("button", name="Check").click()
    visitor.see("It matches")
    look(visitor, way, "it matches")


def test_by_keyboard_alone(visit, dora):
    visitor = visit("/mine/")
    sign_in(visitor, dora)
    visitor.see("You are signed in as")
    visitor.check_access("mine")
    keyboard = visitor.page.keyboard
    visitor.press_until("Tab", lambda words: words == "I did it")
    keyboard.press("Enter")
    visitor.see("You did it")
    visitor.check_access("story asked for")
    visitor.press_until("Tab", lambda words: words == "id_text")
    keyboard.type(STORY)
    visitor.press_until("Tab", lambda words: words == "Tell it")
    keyboard.press("Enter")
    visitor.see("Your story is saved.")
    visitor.press_until("Tab", lambda words: words == "Get my certificate")
    keyboard.press("Enter")
    visitor.see("A page to print")
    visitor.press_until("Tab", lambda words: words == "id_name")
    keyboard.type("Dora")
    keyboard.press("Enter")
    visitor.see("Download it as PDF")
    visitor.press_until("Tab", lambda words: words == "Check it, as others would")
    keyboard.press("Enter")
    visitor.see("Copy both from the paper.")
    visitor.press_until("Tab", lambda words: words == "id_name")
    keyboard.type("Dora")
    keyboard.press("Enter")
    visitor.see("It matches")
    visitor.check_access("it matches")
    assert Story.objects.get().text == STORY


def test_a_share_button_lights_a_balloon(visit, dora):
    made = Pledge.objects.get(text=TEXT)
    visitor = visit("/mine/")
    sign_in(visitor, dora)
    visitor.see("You are signed in as")
    visitor.go(f"/pledges/{made.pk}/")
    visitor.check_access("balloons")
    visitor.page.context.grant_permissions(["clipboard-write"])
    with visitor.page.expect_response("**/shared/"):
        visitor.page.get_by_role("button", name="Copy").click()
    dora.refresh_from_db()
    assert dora.shared_at
    visitor.go("/mine/")
    visitor.see("You shared a pledge")
