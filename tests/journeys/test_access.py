"""axe finds nothing to mend on any page, in any state, on a desktop and on a phone."""

import pytest

from tests.journeys.visitor import DESKTOP, PHONE

# A card that is still fading in has the contrast of neither state.
STILL = {"reduced_motion": "reduce"}
SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
PAGES = (
    "/",
    "/?theme=care,staff&area=Y63&status=open&since=2020-01-01",
    "/?q=nobodywrotethis",
    "/map/list/",
    "/off-map/",
    "/off-map/?show=region",
    "/accessibility/",
    "/data/",
    "/organisations/RR8/",
)


@SIZES
@pytest.mark.parametrize("path", PAGES)
def test_pages(visit, path, size):
    visitor = visit(path, size)
    visitor.check_access(path)
    visitor.check_policy()


@SIZES
def test_a_pledge(visit, world, size):
    visitor = visit(f"/pledges/{world.lone.pk}/", size)
    visitor.check_access("pledge")
    visitor.check_policy()


@SIZES
@pytest.mark.parametrize("path", ["/nothing-here/", "/?theme=nonsense"])
def test_errors(window, path, size):
    visitor = window(size)
    visitor.go(path)
    visitor.check_access(path)
    visitor.check_policy()


@SIZES
def test_states_of_the_map(visit, size):
    visitor = visit("/", size, **STILL)
    page = visitor.page
    if size == PHONE:
        page.locator("#sheet-handle").click()
    page.get_by_text("Filter pledges").click()
    visitor.check_access("filters open")
    page.get_by_role("link", name="7 not on the map").click()
    page.get_by_role("dialog").get_by_text("Region pledge 0").wait_for()
    visitor.check_access("drawer open")
    page.keyboard.press("Escape")
    if size == PHONE:
        page.locator("#sheet-handle").click()
        page.get_by_text("Key and layers").click()
    visitor.check_access("key open")
    page.locator("#place").type("LS9")
    page.get_by_role("option").first.wait_for()
    visitor.check_access("suggestions open")
    visitor.check_policy()


@SIZES
def test_popups(visit, size):
    visitor = visit("/#map=17/53.8067/-1.5208", size, **STILL)
    visitor.page.locator("[aria-label^='25 pledges']").click()
    visitor.page.get_by_role("dialog").get_by_text("1 to 20 of 25").wait_for()
    visitor.check_access("list in a popup")
    visitor.go("/#map=17/50.9050/-1.3990")
    visitor.page.reload()
    visitor.settle()
    visitor.page.locator("[aria-label^='5 pledges']").click()
    visitor.page.locator("[aria-label^='Pledge 2 of 5']").wait_for()
    visitor.check_access("fan open")
    visitor.page.locator("[aria-label^='Pledge 1 of 5']").click()
    visitor.page.get_by_role("link", name="Open this pledge").wait_for()
    visitor.check_access("popup open")
    visitor.check_policy()


@SIZES
def test_after_a_search(visit, size):
    visitor = visit("/", size, **STILL)
    visitor.page.locator("#place").fill("LS9 7TF")
    visitor.page.locator("#place").press("Enter")
    visitor.see("Showing LS9 7TF.")
    visitor.settle()
    visitor.check_access("place found")
    visitor.check_policy()


@SIZES
def test_nothing_is_cut_off_sideways(visit, world, size):
    for path in ("/", f"/pledges/{world.lone.pk}/", "/organisations/RHX/", "/off-map/", "/data/"):
        visitor = visit(path, (320, 640) if size == PHONE else size)
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
