"""Dashboards in a browser: found by name, asked for other days, read by everybody."""

import pytest

from tests.journeys.visitor import DESKTOP, PHONE

OFF = {"java_script_enabled": False}


@pytest.mark.parametrize("choices", [{}, OFF], ids=["scripts", "no scripts"])
def test_a_district_is_found_and_asked_for_other_days(visit, choices):
    visitor = visit("/areas/", **choices)
    page = visitor.page
    page.get_by_label("Find a region or district by name").fill("leeds")
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("link", name="Leeds", exact=True).click()
    assert page.locator(".card--pledges .card__number").inner_text() == "26"
    page.get_by_label("Period", exact=True).select_option("2013")
    page.get_by_label("Split by").select_option("theme")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "?since=2013-01-01&until=2013-12-31&group=theme" in page.url
    assert page.locator(".card--pledges .card__number").inner_text() == "0"


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("place", ["areas/UK", "areas/Y63", "organisations/RR8"])
def test_everyone_can_read_and_use_it(visit, size, place):
    visitor = visit(f"/{place}/dashboard/", size)
    visitor.check_access(place)
    visitor.check_policy()
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_reaches_the_period_and_long_tables(visit):
    visitor = visit("/areas/Y63/dashboard/")
    visitor.press_until("Tab", lambda words: words == "period")
    visitor.press_until("Tab", lambda words: words == "Show", most=30)
    table = visitor.press_until("Tab", lambda words: words.startswith("Table:"), most=30)
    assert table == "Table: By month"
