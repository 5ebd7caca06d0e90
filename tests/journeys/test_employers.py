"""An editor records actions for all six pledges, an approver publishes, a recruit reads."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from pledges.accounts.models import Grant, User
from pledges.employers import loaders as loading
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge
from tests.journeys.test_accounts import new_address
from tests.journeys.test_decency import enter
from tests.journeys.visitor import PHONE, Visitor

DESK = "/employers/RR8/desk/"


@pytest.fixture
def writers(world) -> Iterator[dict[str, User]]:
    """An editor and an approver of the hospital; in the end all is as before."""
    loading.load(lambda words: None, force=True)
    people = {}
    for name, role in (("Erin", Grant.Role.EDITOR), ("April", Grant.Role.APPROVER)):
        people[name] = User.objects.create_user(new_address(), name=name)
        Grant.objects.create(person=people[name], role=role, organisation=world.hospital)
    yield people
    for model in (Proposal, Action, Adoption, StaffPledge):
        model.objects.all().delete()
    for person in people.values():
        Authenticator.objects.filter(user=person).delete()
        person.delete()
    connection.close()


def fits(visitor: Visitor) -> bool:
    return visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def press(visitor: Visitor, button: str) -> None:
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=button, exact=True).click()


def record(visitor: Visitor, pledge: StaffPledge) -> None:
    """Write an action for a pledge, and send it."""
    page = visitor.page
    page.goto(f"{visitor.site}{DESK}new/action/?for={pledge.slug}")
    assert page.get_by_label(pledge.name).is_checked()
    page.get_by_label("Title").fill(f"Something for {pledge.short}")
    page.get_by_label("What you will do, and why").fill("A programme against bullying.")
    page.get_by_label("Who sees to it").fill("Director of people")
    page.get_by_label("First day").fill("2026-01-05")
    page.get_by_label("Good practice: others may copy it").check()
    press(visitor, "Send for approval")
    visitor.see("Sent for approval.")


def test_recorded_published_and_read_on_the_first_day(visit, writers):
    six = list(StaffPledge.objects.current())
    editor = enter(visit("/"), writers["Erin"])
    editor.forgive = "/new/action/"
    editor.go(f"{DESK}new/action/")
    press(editor, "Save the draft")
    editor.see("Choose at least one pledge")
    editor.check_access("faults of an action")
    for pledge in six:
        record(editor, pledge)
    editor.go(f"{DESK}new/adoption/?for=concerns")
    editor.page.get_by_label("Day on which the board adopted it").fill("2026-01-05")
    editor.page.get_by_label("Who answers for it on the board").fill("Chair")
    press(editor, "Send for approval")
    editor.check_access("desk")

    stranger = visit("/employers/RR8/")
    stranger.see("has not published anything")

    approver = enter(visit("/", PHONE), writers["April"])
    approver.go("/employers/mine/")
    approver.see("Waits for approval")
    approver.page.locator("section[aria-labelledby=sent] a").first.click()
    approver.settle()
    approver.check_access("before and after")
    for _each in range(7):
        approver.see("What would change")
        press(approver, "Approve and publish")
        approver.see("Published: everybody sees it now.")
    approver.go(f"{DESK}history/")
    approver.check_access("history")
    assert approver.page.locator("main .rows a").count() == 7

    recruit = visit("/organisations/RR8/", PHONE)
    recruit.page.get_by_role("link", name="Just joined? Start here").click()
    recruit.settle()
    for pledge in six:
        recruit.see(pledge.name)
        recruit.see(f"Something for {pledge.short}")
    recruit.see("Who answers for it: Chair.")
    assert recruit.page.get_by_alt_text("QR code that leads to this page").is_visible()
    assert fits(recruit)
    recruit.check_access("induction")
    recruit.go("/employers/RR8/")
    recruit.check_access("employer")
    recruit.page.get_by_role("link", name="Something for Wellbeing").first.click()
    recruit.settle()
    recruit.see("A programme against bullying.")
    recruit.check_access("action")
    for path in ("pledges/", "pledges/wellbeing/", "practice/?pledge=wellbeing"):
        recruit.go(f"/employers/{path}")
        recruit.check_access(path)
        assert fits(recruit)
    recruit.check_policy()
    assert Proposal.objects.filter(decided_by=writers["April"]).count() == 7
