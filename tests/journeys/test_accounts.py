"""Signing in and confirming in a browser: by mouse and keys, on a desktop and on a phone."""

import re
import uuid

import pytest

from pledges.accounts import confirmation
from pledges.accounts.models import Confirmation, User
from pledges.pledging.models import Like
from tests.journeys.visitor import DESKTOP, PHONE, Visitor
from tests.processes import eventually

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def newest_mail(visitor: Visitor, to: str) -> str:
    """Look into the demo's outbox until the newest mail to this address is there; its words."""

    def look() -> str:
        visitor.go("/demo/outbox/")
        mail = visitor.page.locator(".mail").filter(has_text=to)
        return mail.first.inner_text() if mail.count() else ""

    return eventually(look)


def new_address() -> str:
    return f"{uuid.uuid4().hex[:8]}@example.org"


@SIZES
def test_sign_in_see_what_is_mine_and_leave(visit, mails, size):
    email = new_address()
    User.objects.create_user(email)
    visitor = visit("/", size)
    page = visitor.page
    page.get_by_role("link", name="Sign in").click()
    visitor.check_access("sign in")
    page.get_by_label("E-mail address").fill(email)
    page.keyboard.press("Enter")
    visitor.see("We sent a mail to")
    visitor.check_access("code")
    code = re.search(r"Your code: (\S+)", newest_mail(visitor, email))[1]
    visitor.check_access("outbox")
    page.goto(visitor.site + "/accounts/login/code/")
    page.get_by_label("Code").fill(code.lower())
    page.keyboard.press("Enter")
    visitor.see("You are signed in as")
    visitor.check_access("mine")
    page.get_by_role("link", name="Delete my account").click()
    visitor.check_access("delete")
    page.get_by_label("Keep them, without my name").check()
    page.get_by_role("button", name="Delete my account").click()
    visitor.see("Your account is deleted.")
    visitor.check_policy()
    assert not User.objects.filter(email=email).exists()


@SIZES
def test_errors_are_said(window, mails, size):
    visitor = window(size)
    visitor.go("/accounts/login/")
    visitor.page.get_by_role("button", name="Send me a code").click()
    visitor.see("There is a problem")
    visitor.check_access("no address")
    visitor.go("/confirm/")
    visitor.page.get_by_role("button", name="Confirm").click()
    visitor.see("Enter the code from the mail")
    visitor.check_access("no code")
    visitor.go("/confirm/nothing/")
    visitor.check_access("too late")


@SIZES
def test_confirm_by_the_link_without_scripts(visit, mails, world, size):
    email = new_address()
    confirmation.ask(Confirmation.Kind.LIKE, email, world.lone)
    visitor = visit("/demo/outbox/", size, java_script_enabled=False)
    page = visitor.page
    link = re.search(r"http\S+/confirm/\S+", newest_mail(visitor, email))[0]
    page.goto(link)
    assert not Like.objects.filter(person__email=email).exists()
    page.get_by_role("button", name="Yes, I like it").click()
    visitor.see("You like this pledge")
    assert Like.objects.filter(person__email=email).count() == 1
    page.get_by_role("link", name="Go to the pledge").click()
    assert page.url.endswith(f"/pledges/{world.lone.pk}/")


@SIZES
def test_the_pages_behind_a_link(visit, mails, world, size):
    email = new_address()
    confirmation.ask(Confirmation.Kind.JOIN, email, world.lone)
    visitor = visit("/demo/outbox/", size)
    visitor.page.goto(re.search(r"http\S+/confirm/\S+", newest_mail(visitor, email))[0])
    visitor.check_access("link")
    visitor.page.get_by_role("button", name="Yes, I join").click()
    visitor.see("You have joined")
    visitor.check_access("done")
    visitor.check_policy()
