"""Without scripts: the same page, with the pledges in a list."""

import re
from itertools import pairwise

import pytest

from tests.journeys.visitor import DESKTOP, PHONE

OFF = {"java_script_enabled": False}


def test_the_page_lists_the_newest_pledges(visit):
    visitor = visit("/", **OFF)
    items = visitor.page.locator(".pledge-list > li")
    assert items.count() == 20
    assert not visitor.page.locator(".folium-map").is_visible()
    visitor.page.get_by_role("link", name="Show more").click()
    assert visitor.page.locator(".pledge-list > li").count() == 19


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_nothing_lies_over_anything_else(visit, size):
    visitor = visit("/", size, **OFF)
    parts = [visitor.page.locator(name) for name in (".finder", ".countdown", ".listing", ".strip")]
    boxes = [part.bounding_box() for part in parts]
    for upper, lower in pairwise(boxes):
        assert upper["y"] + upper["height"] <= lower["y"] + 1


def test_a_search_lists_what_is_near_and_leaves_the_address_alone(visit, world):
    visitor = visit("/", **OFF)
    visitor.page.locator("#place").fill("LS9 7TF")
    visitor.page.get_by_role("button", name="Search").click()
    visitor.see("Pledges near LS9 7TF.")
    assert visitor.page.url == f"{visitor.site}/"
    words = visitor.page.locator("#listing").inner_text()
    assert "26 nearby" in words
    assert "Clinic" not in words


def test_several_places_are_offered(visit):
    visitor = visit("/", **OFF)
    visitor.page.locator("#place").fill("South")
    visitor.page.get_by_role("button", name="Search").click()
    visitor.see("Which one do you mean?")
    choice = visitor.page.locator(".finder__choices button").first
    name = choice.inner_text()
    choice.click()
    visitor.see(f"Pledges near {name}.")


def test_filters_are_a_form(visit):
    visitor = visit("/", **OFF)
    visitor.page.get_by_text("Filter pledges").click()
    visitor.page.locator("#theme-care").check(force=True)
    visitor.page.locator("#theme-patients").check(force=True)
    visitor.page.locator("#area").select_option("Y63")
    visitor.page.get_by_role("button", name="Show pledges").click()
    visitor.see("Remove the filter Better care")
    themes = visitor.page.locator(".pledge-item .theme").all_inner_texts()
    assert set(themes) == {"Better care", "Patients’ experience"}
    assert re.search("theme=care", visitor.page.url)


def test_what_is_not_on_the_map_is_a_page(visit):
    visitor = visit("/", **OFF)
    visitor.page.get_by_role("link", name="7 not on the map").click()
    visitor.see("Pledges that are not on the map")
    assert visitor.page.locator(".pledge-list > li").count() == 7
