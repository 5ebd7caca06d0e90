"""The wall in a browser: search, orders, filters and places; without scripts, and on a phone."""

import re

import pytest

from tests.journeys.visitor import DESKTOP, PHONE, Visitor

OFF = {"java_script_enabled": False}


def listed(visitor) -> list[str]:
    return visitor.page.locator(".pledge-item__text").all_inner_texts()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("choices", [{}, OFF], ids=["scripts", "no scripts"])
def test_part_of_a_name_finds_the_organisation_and_all_its_pledges(visit, size, choices):
    visitor = visit("/", size, **choices)
    visitor.page.get_by_role("navigation", name="Main").get_by_role("link", name="Pledges").click()
    visitor.page.get_by_label("Search pledges and organisations").fill("infirm")
    visitor.page.get_by_role("button", name="Search").click()
    visitor.see("25 pledges")
    visitor.page.get_by_role("link", name="Leeds Infirmary").click()
    assert visitor.page.url == f"{visitor.site}/organisations/RR8/"
    visitor.see("1 to 20 of 25")


def test_words_an_order_a_filter_and_the_next_page(visit):
    visitor = visit("/pledges/", **OFF)
    visitor.page.get_by_label("Search pledges and organisations").fill("pledge")
    visitor.page.get_by_role("button", name="Search").click()
    first = listed(visitor)
    visitor.page.get_by_role("link", name="Next page").click()
    assert len(set(first) | set(listed(visitor))) > 30
    visitor.page.get_by_role("link", name="Most liked").click()
    visitor.page.get_by_label("Patients’ experience").check(force=True)
    visitor.page.get_by_role("button", name="Show pledges").click()
    themes = visitor.page.locator(".pledge-item .theme").all_inner_texts()
    assert {theme.strip() for theme in themes} == {"Patients’ experience"}
    assert {"q=pledge", "theme=patients", "sort=liked"} <= set(re.split("[?&]", visitor.page.url))
    visitor.page.get_by_role("link", name="Remove the filter Patients’ experience").click()
    assert "sort=liked" in visitor.page.url
    assert "theme" not in visitor.page.url


def test_the_map_shows_what_the_wall_lists(visit):
    visitor = visit("/pledges/?organisation=RR8")
    visitor.page.get_by_role("link", name="25 on the map").click()
    visitor.settle()
    assert visitor.page.url.startswith(f"{visitor.site}/?organisation=RR8")
    assert visitor.page.locator("#total").inner_text().startswith("25 pledges")


@pytest.mark.parametrize("choices", [{}, OFF], ids=["scripts", "no scripts"])
def test_the_nearest_to_a_place_that_no_address_keeps(visit, choices):
    visitor = visit("/pledges/", PHONE, **choices)
    visitor.page.get_by_role("link", name="Nearest").click()
    visitor.page.get_by_label("Near which place?").fill("SO14 0AA")
    visitor.page.get_by_role("button", name="Find").click()
    visitor.see("Pledges near SO14 0AA.")
    assert visitor.page.url == f"{visitor.site}/pledges/?sort=nearest"
    assert len(listed(visitor)) == 32
    assert not any(text.startswith("Hospital") for text in listed(visitor)[:6])


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("query", ["", "?q=pledge&theme=care", "?sort=nearest", "?q=xyzzy"])
def test_everyone_can_read_and_use_it(visit, size, query):
    visitor = visit(f"/pledges/{query}", size)
    visitor.check_access(query)
    visitor.check_policy()
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert visitor.page.title() != "owned"


def follow(visitor: Visitor) -> None:
    """Press Enter, and wait until the page that it leads to is there."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.settle()


def test_the_keyboard_reaches_search_order_and_filters(visit):
    visitor = visit("/pledges/")
    visitor.press_until("Tab", lambda words: words == "q")
    visitor.page.keyboard.type("clinic")
    follow(visitor)
    visitor.press_until("Tab", lambda words: words == "Newest")
    follow(visitor)
    assert len(listed(visitor)) == 5
    visitor.press_until("Tab", lambda words: words == "theme-care", most=80)
    visitor.page.keyboard.press("Space")
    visitor.press_until("Tab", lambda words: words == "Show pledges", most=80)
    follow(visitor)
    assert len(listed(visitor)) == 1
