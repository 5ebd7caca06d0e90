"""The API's pages for people: readable, in order, and with a map that has the features on it."""

import pytest

from tests.journeys.visitor import DESKTOP, PHONE

PAGES = (
    "/api/",
    "/api/conformance",
    "/api/collections",
    "/api/collections/pledges",
    "/api/collections/pledges/items?limit=20",
    "/api/collections/regions/items",
)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_can_be_used_by_everyone(visit, size):
    for path in PAGES:
        visitor = visit(path, size)
        visitor.check_access(path)
        visitor.check_policy()
        wide = visitor.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, path


def test_the_map_shows_the_features_and_leads_to_them(visit):
    visitor = visit("/api/collections/organisations/items?limit=5")
    page = visitor.page
    page.wait_for_selector(".leaflet-interactive")
    assert page.locator(".leaflet-interactive").count() > 0
    page.get_by_role("table").get_by_role("link").first.click()
    visitor.settle()
    assert "/api/collections/organisations/items/" in page.url
    assert page.locator(".leaflet-interactive").count() == 1
