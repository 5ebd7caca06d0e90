"""A new pledge in a browser: what others will see, the place at hand, and nothing typed is lost."""

from urllib.parse import parse_qs

import pytest

from pledges.accounts.models import Confirmation
from pledges.pledging.models import Pledge
from tests.journeys.test_pledging import DORA, NEW, TEXT, fill_in, own_traces
from tests.journeys.visitor import PHONE
from tests.processes import eventually

__all__ = ["own_traces"]
SEEN = "#others-see"
KEPT = "sessionStorage.getItem('changemap.pledge')"


@pytest.mark.parametrize("size", [PHONE])
def test_the_sentence_follows_what_is_typed(visit, size):
    visitor = visit(NEW, size)
    fill_in(visitor)
    page = visitor.page
    visitor.see("Others will see: Dora who works in the NHS, somewhere in SO14.")
    page.get_by_label("Name to show").fill("<b>A nurse</b>")
    visitor.see("Others will see: <b>A nurse</b> who works in the NHS, somewhere in SO14.")
    page.get_by_label("My team").check()
    page.get_by_label("Name of the team").fill("Ward 6")
    page.get_by_label("In my region").check()
    visitor.see("Others will see: Ward 6, in your region, not on the map.")
    page.locator("#id_organisation").fill("Pier Surgery")
    page.get_by_label("At the organisation").check()
    visitor.see("Others will see: Ward 6, at Pier Surgery.")
    page.get_by_label("It is not in the list").check()
    page.locator(SEEN).wait_for(state="hidden")
    visitor.check_access("not listed")


def test_what_was_typed_outlives_a_server_that_is_down(visit):
    visitor = visit(NEW)
    visitor.forgive = "/pledges/new/"
    page = visitor.page
    fill_in(visitor)
    page.route("**/pledges/new/", lambda route: route.fulfill(status=503, body="away"))
    page.get_by_role("button", name="Make my pledge").click()
    visitor.see("We could not send it just now. Nothing is lost")
    assert page.get_by_label("What will you do?").input_value() == TEXT
    page.unroute("**/pledges/new/")
    page.get_by_role("button", name="Make my pledge").click()
    visitor.see("Check your mail")
    assert Pledge.objects.filter(text=TEXT).count() == 1
    assert Confirmation.objects.count() == 1
    assert page.evaluate(KEPT) is None


def test_a_page_that_is_loaded_again_has_what_was_typed_and_another_tab_has_not(visit):
    visitor = visit(NEW)
    page = visitor.page
    fill_in(visitor)
    eventually(lambda: DORA in (page.evaluate(KEPT) or ""))
    assert "csrf" not in page.evaluate(KEPT)
    visitor.go("/data/")
    visitor.go(NEW)
    visitor.see("We kept what you had written in this tab.")
    assert page.get_by_label("What will you do?").input_value() == TEXT
    assert page.get_by_label("I work in the NHS").is_checked()
    visitor.check_access("kept")
    other = page.context.new_page()
    other.goto(visitor.site + NEW)
    assert other.get_by_label("What will you do?").input_value() == ""
    page.get_by_role("button", name="Start with an empty form").click()
    eventually(lambda: page.get_by_label("What will you do?").input_value() == "")
    assert page.evaluate(KEPT) is None


def test_a_form_that_came_back_is_not_overwritten_by_what_was_kept(visit):
    visitor = visit(NEW)
    visitor.forgive = "/pledges/new/"
    fill_in(visitor, postcode="ZZ99 9ZZ")
    visitor.page.get_by_role("button", name="Make my pledge").click()
    visitor.see("There is a problem")
    assert visitor.page.get_by_label("Your postcode").input_value() == "ZZ99 9ZZ"
    assert visitor.page.locator("#kept").is_hidden()


def test_the_place_at_hand_is_rounded_here_and_posted(visit):
    at = {"latitude": 50.9123456, "longitude": -1.4098765}
    visitor = visit(NEW, geolocation=at, permissions=["geolocation"])
    with visitor.page.expect_request("**/here.json") as asked:
        visitor.page.get_by_role("button", name="Use my location").click()
    assert asked.value.method == "POST"
    assert "?" not in asked.value.url
    assert parse_qs(asked.value.post_data) == {"lat": ["50.912"], "lon": ["-1.410"]}
    visitor.see("You are in SO14.")
    assert visitor.page.get_by_label("Your postcode").input_value() == "SO14"


def test_no_leave_to_know_the_place_is_told(visit):
    visitor = visit(NEW)
    visitor.page.get_by_role("button", name="Use my location").click()
    visitor.see("Your browser did not give your location. Type your postcode instead.")
    assert not any("here.json" in address for address in visitor.requests)
