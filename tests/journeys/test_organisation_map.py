"""The page of an organisation has a map of its own pledges, and of no others."""

import pytest

from tests.journeys.visitor import DESKTOP, PHONE


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_map_has_the_pledges_of_the_organisation(visit, size):
    visitor = visit("/organisations/RR8/", size, reduced_motion="reduce")
    page = visitor.page
    page.wait_for_selector(".leaflet-marker-icon.marker")
    total = page.locator(".nhsuk-lede-text").first.inner_text()
    assert str(visitor.on_map()) in total
    visitor.check_access("organisation with its map")
    visitor.check_policy()
