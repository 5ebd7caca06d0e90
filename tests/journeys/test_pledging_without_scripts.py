"""From a thought to the wall without scripts: a form, a mail, its code, a button."""

import re

import pytest

from pledges.pledging.models import Pledge
from tests.journeys.test_pledging import DORA, NEW, TEXT, fill_in, own_traces
from tests.journeys.visitor import DESKTOP, PHONE, Visitor

OFF = {"java_script_enabled": False}
CODE = re.compile(r"\b[A-Z0-9]{4}[ -]?[A-Z0-9]{4}\b")

assert own_traces  # a fixture that stands by itself, and clears away what is made here


def code_from_the_mail(visitor: Visitor) -> str:
    """Read the code in the demo's outbox, whose page the visitor loads again until it is there."""
    page = visitor.page
    mail = page.locator("article.mail", has_text=f"To {DORA}").first
    for _half_second in range(60):
        if mail.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    found = CODE.search(mail.inner_text())
    assert found, mail.inner_text()
    return found.group()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_pledge_goes_from_the_form_to_the_wall(visit, size):
    visitor = visit(NEW, size, **OFF)
    page = visitor.page
    fill_in(visitor)
    page.get_by_role("button", name="Make my pledge").click()
    visitor.see("Check your mail")
    page.get_by_role("link", name="outbox").click()
    code = code_from_the_mail(visitor)
    page.goto(f"{visitor.site}/confirm/")
    page.get_by_label("e-mail address").fill(DORA)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Confirm").click()
    visitor.see("Your pledge is confirmed")
    page.goto(f"{visitor.site}/pledges/")
    page.get_by_role("searchbox").first.fill("stroke ward")
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("link", name=TEXT).click()
    assert page.get_by_role("heading", level=1).inner_text() == TEXT
    assert Pledge.objects.get(text=TEXT).public
    picture = page.locator('meta[property="og:image"]').get_attribute("content")
    assert picture.endswith(f"/pledges/{Pledge.objects.get(text=TEXT).pk}/picture.png")
