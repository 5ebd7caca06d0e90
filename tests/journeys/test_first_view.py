"""The first view: light, still, and there before the tiles are."""

import pytest

from tests.journeys.visitor import DESKTOP, PHONE

MOST_BYTES, MOST_SHIFT = 500_000, 0.05
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


def weight(visitor) -> int:
    """Return the bytes of bodies as they travelled, compressed, everything but the page itself."""
    return visitor.page.evaluate(
        """() => [...performance.getEntriesByType("resource"),
                  ...performance.getEntriesByType("navigation")]
            .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
    )


@SIZES
def test_weight(visit, size):
    visitor = visit("/", size)
    visitor.page.wait_for_function("() => document.querySelectorAll('.marker').length > 1")
    assert 200_000 < weight(visitor) < MOST_BYTES


@SIZES
def test_nothing_moves_while_it_loads(visit, size):
    visitor = visit("/#map=10/53.8067/-1.5208", size)
    visitor.page.wait_for_timeout(500)
    assert visitor.shift() < MOST_SHIFT


def test_the_page_is_of_use_before_the_tiles_arrive(window):
    visitor = window()
    held = []
    visitor.page.route("**/tiles/**", lambda route: held.append(route))
    visitor.page.goto(visitor.site)
    visitor.page.wait_for_selector(".is-ready", state="attached")
    visitor.see("Hospital pledge 0")
    visitor.page.locator("#place").fill("LS9 7TF")
    visitor.page.locator("#place").press("Enter")
    visitor.see("North East and Yorkshire hub")
    assert held
    assert visitor.markers() == []
    visitor.page.unroute_all(behavior="ignoreErrors")


def test_motion_is_left_out_where_it_is_unwanted(visit):
    visitor = visit("/#map=12/53.8067/-1.5208", reduced_motion="reduce")
    visitor.page.get_by_role("button", name="Zoom in", exact=True).click()
    assert visitor.page.locator(".leaflet-zoom-anim").count() == 0
