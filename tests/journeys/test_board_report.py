"""A report to a board is made by one click, given words, approved, and read on a phone."""

import datetime
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils import timezone

from pledges.accounts.models import Grant, User
from pledges.employers import loaders as loading
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.board_reports import BoardReport
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change, Finding, Indicator, IndicatorSet, PlaceChange
from pledges.employers.survey import loaders as survey_loading
from tests.journeys.test_accounts import new_address
from tests.journeys.test_decency import enter
from tests.journeys.test_employers import fits, press
from tests.journeys.visitor import PHONE
from tests.pledges.employers import survey_data
from tests.pledges.employers.conftest import make_action

DESK = "/employers/RR8/desk/"
DAY = datetime.date(2014, 3, 3)
WRITTEN = (BoardReport, Proposal, Action, Adoption, Change, PlaceChange, Finding)
LOADED = (Indicator, IndicatorSet, StaffPledge)


@pytest.fixture
def writers(world) -> Iterator[dict[str, User]]:
    """Those who look after the hospital, which has two years of the survey and a late action."""
    quiet = [].append
    loading.load(quiet, force=True)
    survey_loading.load(quiet, force=True)
    survey_data.save_percentages(2013, {world.hospital: 50})
    survey_data.save_percentages(2014, {world.hospital: 70})
    six = list(StaffPledge.objects.current())
    make_action(six, world.hospital, "Quiet rooms", [1, 4], start=DAY, due=DAY, status="under-way")
    people = {}
    for name, role in (("Erin", Grant.Role.EDITOR), ("April", Grant.Role.APPROVER)):
        people[name] = User.objects.create_user(new_address(), name=name)
        Grant.objects.create(person=people[name], role=role, organisation=world.hospital)
    yield people
    for model in (*WRITTEN, *LOADED):
        model.objects.all().delete()
    for person in people.values():
        Authenticator.objects.filter(user=person).delete()
        person.delete()
    connection.close()


def test_made_published_and_read(visit, writers):
    editor = enter(visit("/"), writers["Erin"])
    editor.go(DESK)
    editor.page.get_by_label("Year or quarter").select_option("2014")
    press(editor, "Make a report")
    editor.see("Only this desk sees it.")
    editor.check_access("draft")
    editor.page.get_by_role("link", name="Write the summary and what you ask").click()
    editor.page.get_by_label("Summary (optional)").fill("Staff notice.")
    editor.page.get_by_label("What you ask of the board (optional)").fill("Time\nMoney")
    editor.check_access("words")
    press(editor, "Send for approval")
    editor.see("Sent for approval.")

    approver = enter(visit("/", PHONE), writers["April"])
    approver.go(DESK)
    approver.page.get_by_role("link", name="Report to the board, 2014").click()
    approver.page.get_by_role("link", name="Read the whole report").click()
    approver.settle()
    approver.see("It is published as it stands here.")
    assert fits(approver)
    approver.page.get_by_role("link", name="Decide").click()
    press(approver, "Approve and publish")
    approver.see("Published: everybody sees it now.")

    reader = visit("/employers/RR8/", PHONE)
    reader.page.locator("section[aria-labelledby=board-reports] li a").first.click()
    reader.settle()
    reader.see("What we ask of the board")
    reader.see("Days late")
    today = timezone.localdate()
    reader.see(f"Figures as they stood on {today.day} {today:%B %Y}")
    assert reader.page.get_by_role("img", name="Actions by pledge and status").is_visible()
    assert reader.page.get_by_role("img", name="KF1 50.0%, 70.0%, Improved").is_visible()
    assert fits(reader)
    reader.check_access("report")
    reader.check_policy()
    with reader.page.expect_download() as got:
        reader.page.get_by_role("link", name="As PDF").click()
    assert got.value.suggested_filename == "board-report-rr8-2014-1.pdf"
    reader.go("/employers/RR8/report/")
    reader.check_access("list")
