"""An operator's day in a browser: signing in with a telephone, looking about, hiding, mapping."""

import re

import pytest

from pledges.accounts.models import Grant, User
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge
from tests import second_factors
from tests.journeys.test_accounts import new_address, newest_mail
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.journeys.world import pledge
from tests.processes import eventually

PAGES = (
    "/admin/",
    "/admin/pledges/pledge/?q=listen",
    "/admin/pledges/grant/add/",
    "/admin/pledges/organisation/import/",
    "/admin/pledges/organisation/export/",
    "/admin/pledges/theme/1/change/",
    "/admin/hubs/hub/add/",
    "/admin/auditlog/logentry/",
)


def code_by_mail(visitor: Visitor, person: User, before: str = "") -> str:
    """Sign in by the code of a mail that is newer than the one with the code `before`."""
    page = visitor.page
    page.get_by_label("E-mail address").fill(person.email)
    page.keyboard.press("Enter")
    visitor.see("We sent a mail to")
    coming = page.url

    def newer() -> str:
        code = re.search(r"Your code: (\S+)", newest_mail(visitor, person.email))[1]
        return "" if code == before else code

    code = eventually(newer)
    page.goto(coming)
    page.get_by_label("Code").fill(code)
    page.keyboard.press("Enter")
    return code


def set_up(visitor: Visitor) -> str:
    """Set up a telephone on the way to the admin; what it shares with the site."""
    page = visitor.page
    visitor.see("Set up your second factor")
    visitor.check_access("setting up")
    secret = page.locator(".second-factor__key").inner_text()
    page.get_by_label("Code").fill(second_factors.code(secret))
    page.keyboard.press("Enter")
    visitor.see("Your recovery codes")
    visitor.check_access("recovery codes")
    page.get_by_role("button", name="I have kept them, go on").click()
    visitor.see("What there is")
    return secret


@pytest.fixture
def operator() -> User:
    person = User.objects.create_user(new_address())
    Grant.objects.create(person=person, role=Grant.Role.OPERATOR)
    return person


def test_an_operators_day(visit, mails, operator):
    made = pledge("attitude", "I will shout at zebras.", 1, outcode="SO14")
    hospital = Organisation.objects.exclude(location=None).first()
    visitor = visit("/accounts/login/?next=/admin/", PHONE)
    page = visitor.page
    first = code_by_mail(visitor, operator)
    secret = set_up(visitor)
    for path in ("", "pledges/pledge/", "pledges/pledge/unlisted/"):
        visitor.go("/admin/" + path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path

    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    visitor.go("/admin/")
    page.get_by_role("button", name="Log out").click()
    visitor.go("/accounts/login/?next=/admin/")
    code_by_mail(visitor, operator, first)
    visitor.see("Enter the code from your app")
    visitor.check_access("second factor")
    page.get_by_label("Code").fill(second_factors.code(secret))
    page.keyboard.press("Enter")
    visitor.see("What there is")
    for path in PAGES:
        visitor.go(path)
        assert visitor.page.evaluate("violations") == [], path
        if path == "/admin/":
            visitor.check_access("what there is")

    visitor.go("/admin/pledges/pledge/?q=zebras")
    page.locator(f"input[name=_selected_action][value='{made.pk}']").check()
    page.get_by_label("Action:").select_option("hide")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).first.click()
    page.get_by_label("Why?").select_option("unkind")
    page.get_by_role("button", name="Hide").click()
    visitor.see("1 was decided.")
    assert not Pledge.objects.get(pk=made.pk).public

    visitor.go(f"/admin/pledges/organisation/{hospital.pk}/change/")
    assert page.evaluate("violations") == []
    visitor.check_access("form with a map")
    place = page.get_by_role("application", name="Map to set the point by")
    page.get_by_label("Latitude").fill("51.5")
    page.get_by_label("Longitude").fill("-0.12")
    place.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(600)  # the map glides
    page.keyboard.press("Enter")
    moved = float(page.get_by_label("Latitude").input_value())
    assert 51.5 < moved < 60
    assert abs(float(page.get_by_label("Longitude").input_value()) + 0.12) < 0.1
    place.click(position={"x": 20, "y": 20})
    assert float(page.get_by_label("Longitude").input_value()) < -0.12
    visitor.check_policy()
