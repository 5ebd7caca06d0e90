"""Hubs in a real browser: find mine, ask for help, be answered; resources given and taken."""

from collections.abc import Iterator

import pytest
from django.db import connection

from hubs.hub.models import Hub, HubMessage, Invitation
from hubs.resources.models import Downloads, Resource
from pledges.accounts.models import Confirmation, Grant, Taken, User
from tests.journeys.test_accounts import newest_mail
from tests.journeys.test_decency import enter
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.processes import eventually

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
OFF = {"java_script_enabled": False}
DORA, STELLA = "dora@example.org", "stella@example.org"
LEEDS = "north-east-and-yorkshire"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def own_traces(world, mails) -> Iterator[None]:
    """What is made here goes again."""
    yield
    for model in (HubMessage, Downloads, Resource, Invitation, Confirmation, Taken, Grant, User):
        model.objects.all().delete()
    Hub.objects.update(edited_at=None)
    # Playwright's loop has a connection of its own, which nobody else would close.
    connection.close()


@pytest.fixture
def stella(world) -> User:
    """The steward of the hub in whose area Leeds is."""
    person = User.objects.create_user(STELLA, name="Stella")
    area = Hub.objects.get(slug=LEEDS).areas.get()
    Grant.objects.create(person=person, role=Grant.Role.STEWARD, area=area)
    return person


def find_and_write(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_label("Postcode, town or village").fill("LS9 7TF")
    page.get_by_role("button", name="Find", exact=True).click()
    visitor.see("This is the hub for LS9 7TF.")
    page.get_by_role("link", name="Write to North East and Yorkshire hub").click()
    page.get_by_role("button", name="Send the message").click()
    visitor.see("Write your message")
    page.get_by_label("Your message").fill("Can you help us with our stand?")
    page.get_by_label("Your e-mail address").fill(DORA)
    page.get_by_role("button", name="Send the message").click()
    visitor.see("Your message is sent")


@SIZES
def test_find_my_hub_ask_for_help_and_be_answered(window, stella, size):
    dora = window(size)
    dora.go("/hubs/")
    dora.page.locator(".is-ready").wait_for(state="attached")
    dora.check_access("hubs")
    find_and_write(dora)
    dora.check_access("written")
    assert "for your hub" in newest_mail(dora, f"{LEEDS}@example.org")
    assert "Can you help" not in newest_mail(dora, f"{LEEDS}@example.org")

    steward = window(size)
    enter(steward, stella).go(f"/hubs/{LEEDS}/team/")
    steward.see("1 waits for an answer")
    steward.check_access("team")
    steward.page.get_by_role("link", name="Messages").click()
    steward.check_access("messages")
    steward.page.get_by_role("link", name="Can you help us with our stand?").click()
    steward.check_access("message")
    steward.page.get_by_label("Your answer").fill("Gladly.\n\nRing us on Monday.")
    steward.page.get_by_role("button", name="Send the answer").click()
    steward.see("Your answer is on its way.")

    eventually(lambda: "Ring us on Monday." in newest_mail(dora, DORA))
    assert HubMessage.objects.get().answers.get().author == stella
    for visitor in (dora, steward):
        visitor.check_policy()


def test_finding_and_writing_without_scripts(window, world):
    visitor = window(PHONE, **OFF)
    visitor.go("/hubs/")
    assert not visitor.page.locator(".site-map").is_visible()
    find_and_write(visitor)
    assert HubMessage.objects.get().hub.slug == LEEDS


def test_finding_and_writing_by_keyboard_alone(visit, world):
    visitor = visit("/hubs/")
    keyboard = visitor.page.keyboard
    visitor.press_until("Tab", lambda at: at == "place")
    keyboard.type("SO14 0AA")
    with visitor.page.expect_navigation():
        keyboard.press("Enter")
    visitor.settle()
    visitor.press_until("Tab", lambda at: at == "Write to South East hub")
    with visitor.page.expect_navigation():
        keyboard.press("Enter")
    visitor.press_until("Tab", lambda at: at == "id_text")
    keyboard.type("Can you help us?")
    visitor.press_until("Tab", lambda at: at == "id_email")
    keyboard.type(DORA)
    visitor.press_until("Tab", lambda at: at == "Send the message")
    keyboard.press("Enter")
    visitor.see("Your message is sent")


def test_use_my_location_sends_it_rounded_and_in_no_address(visit, world):
    place = {"latitude": 53.8067321, "longitude": -1.5208123}
    visitor = visit("/hubs/", PHONE, geolocation=place, permissions=["geolocation"])
    with visitor.page.expect_request(lambda request: request.method == "POST") as posted:
        visitor.page.get_by_role("button", name="Use my location").click()
    visitor.see("This is the hub for where you are.")
    assert posted.value.post_data == "lat=53.807&lon=-1.521"
    assert visitor.page.url == f"{visitor.site}/hubs/"


@SIZES
def test_the_page_of_a_hub_shows_its_area_and_leads_to_others(visit, size):
    visitor = visit(f"/hubs/{LEEDS}/", size)
    page = visitor.page
    page.locator(".is-ready").wait_for(state="attached")
    visitor.see("Hospital pledge")
    page.get_by_text("Pledges by district, as a table").click()
    row = page.get_by_role("row", name="Leeds")
    assert row.locator("td").inner_text() == "26"
    visitor.check_access("hub")
    visitor.check_policy()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="All hubs").click()
    page.locator(".is-ready").wait_for(state="attached")
    # The middle of the country is in Scotland, whose hub looks after all of it.
    page.locator(".folium-map").click()
    page.wait_for_url("**/hubs/scotland/")


@SIZES
def test_a_steward_publishes_a_resource_and_a_stranger_takes_it(window, stella, size):
    steward = window(size)
    enter(steward, stella).go(f"/hubs/{LEEDS}/team/resources/")
    page = steward.page
    steward.check_access("none yet")
    page.get_by_role("link", name="Add a resource").click()
    page.get_by_role("button", name="Save").click()
    steward.see("Enter a title")
    steward.check_access("errors")
    page.get_by_label("Title").fill("A guide to stands")
    page.get_by_label("Kind").select_option("guide")
    page.get_by_label("Licence").select_option("cc-by")
    page.get_by_label("File").set_input_files(
        {"name": "guide.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_role("button", name="Save").click()
    steward.see("Saved as a draft")
    steward.check_access("draft")
    page.get_by_role("button", name="Publish").click()
    steward.see("Published: everybody sees it now.")

    stranger = window(size)
    stranger.go("/resources/?q=stands")
    stranger.check_access("library")
    stranger.page.get_by_role("link", name="A guide to stands").click()
    stranger.check_access("resource")
    with stranger.page.expect_download() as download:
        stranger.page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "A guide to stands.pdf"
    assert download.value.path().read_bytes() == PDF
    assert Downloads.objects.get().n == 1
    assert stranger.page.context.cookies() == []

    page.get_by_role("button", name="Retire").click()
    steward.see("Retired: nobody else sees it any more.")
    stranger.go("/resources/")
    stranger.see("None is like that.")


def test_the_team_invites_and_words_its_hub(window, stella):
    visitor = window(PHONE)
    enter(visitor, stella).go(f"/hubs/{LEEDS}/team/members/")
    page = visitor.page
    page.get_by_label("Their e-mail address").fill("nora@example.org")
    page.get_by_role("button", name="Send the invitation").click()
    visitor.see("We sent an invitation to nora@example.org.")
    visitor.check_access("members")
    page.goto(f"{visitor.site}/hubs/{LEEDS}/team/words/")
    visitor.check_access("words")
    page.get_by_label("Who we are", exact=True).fill("We are three nurses.")
    page.get_by_role("button", name="Save").click()
    visitor.see("We are three nurses.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
