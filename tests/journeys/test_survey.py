"""A year of the staff survey with faults is tried, mended, imported; a hub compares its region."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from pledges.accounts.models import Grant, User
from pledges.employers import loaders as loading
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import (
    Change,
    Finding,
    Indicator,
    IndicatorSet,
    PlaceChange,
    SurveyImport,
)
from pledges.employers.survey import loaders as survey_loading
from tests.journeys.test_accounts import new_address
from tests.journeys.test_decency import SIZES, enter
from tests.journeys.visitor import PATIENCE, Visitor

HEAD = "Trust code,Key finding,Value,Base size\n"
BEFORE = "".join(f"RR8,KF{n},50,400\nRHX,KF{n},50,400\n" for n in (1, 2, 5, 6, 7))
NOW = "".join(f"RR8,{n},70,400\nRHX,{n},{30 + n},400\n" for n in (1, 2, 5, 6, 7))
FAULTS = "ZZZ9,KF1,50,400\nRR8,KF99,50,400\nRHX,KF8,many,400\n"


@pytest.fixture
def operator(world) -> Iterator[User]:
    """Somebody who imports; in the end all is as before."""
    quiet = [].append
    loading.load(quiet, force=True)
    survey_loading.load(quiet, force=True)
    person = User.objects.create_user(new_address(), name="Olga")
    Grant.objects.create(person=person, role=Grant.Role.OPERATOR)
    yield person
    models = (SurveyImport, Change, PlaceChange, Finding, Indicator, IndicatorSet, StaffPledge)
    for model in models:
        model.objects.all().delete()
    Authenticator.objects.filter(user=person).delete()
    person.delete()
    connection.close()


def give(visitor: Visitor, text: str, button: str = "Try this file") -> None:
    """Choose a file with this table, and send it."""
    file = {"name": "figures.csv", "mimeType": "text/csv", "buffer": text.encode()}
    visitor.page.get_by_label("File", exact=True).set_input_files(file)
    visitor.page.get_by_role("button", name=button, exact=True).click()


def fits(visitor: Visitor) -> bool:
    return visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@SIZES
def test_tried_mended_imported_and_compared(visit, operator, size):
    visitor = enter(visit("/", size), operator)
    page = visitor.page
    visitor.go("/employers/survey/import/")
    visitor.check_access("begin")
    page.get_by_label("Year of the survey").select_option("2013")
    give(visitor, HEAD + BEFORE + FAULTS)
    visitor.see("No organisation has the code “ZZZ9”.")
    visitor.see("“many” is not a figure.")
    visitor.check_access("faults")
    assert page.get_by_role("row", name="12 Trust code").count() == 1
    assert page.get_by_role("button", name="Import").count() == 0
    assert fits(visitor)
    give(visitor, HEAD + BEFORE, "Try this file instead")
    page.get_by_role("button", name="Import all 10 figures").click()
    visitor.see("10 figures of 2013 are imported.")

    visitor.go("/employers/survey/import/")
    page.get_by_label("Year of the survey").select_option("2014")
    give(visitor, HEAD.replace("Trust code", "Provider") + NOW)
    visitor.see("Say below which column holds this:")
    page.get_by_label("Code of the organisation").select_option("Provider")
    page.get_by_role("button", name="Use these columns").click()
    page.get_by_role("button", name="Import all 10 figures").click()
    visitor.see("10 figures of 2014 are imported.")
    page.wait_for_selector(".folium-map.is-ready", timeout=PATIENCE)
    visitor.check_access("matrix")
    assert fits(visitor)

    cell = page.get_by_role("row", name="Leeds Infirmary").get_by_role(
        "link", name="2 of 3 improved"
    )
    cell.click()
    visitor.see("2 of the 3 key findings improved")
    visitor.check_access("story")
    assert fits(visitor)
    visitor.go("/employers/overview/?year=2014")
    visitor.see("of the 5 key findings improved")
    page.wait_for_selector(".folium-map.is-ready", timeout=PATIENCE)
    visitor.check_access("overview")
    assert fits(visitor)
    visitor.go("/areas/Y63/dashboard/?since=2014-01-01&until=2014-12-31&compare=Y59")
    visitor.see("4 of the 5 key findings improved")
    visitor.see("1 of the 5 key findings improved")
    visitor.check_access("dashboard")
    visitor.check_policy()
