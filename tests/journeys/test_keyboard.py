"""Everything by keyboard alone."""

from playwright.sync_api import expect

from tests.journeys.visitor import PATIENCE, Visitor

ARROWS = ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight")


def to_the_markers(visitor: Visitor) -> None:
    visitor.press_until("Tab", lambda words: words.startswith("Map of pledges"))
    visitor.page.keyboard.press("Tab")
    visitor.settle()


def to_marker(visitor: Visitor, name: str) -> None:
    for arrow in ARROWS * 2:
        if visitor.focused() == name:
            return
        visitor.page.keyboard.press(arrow)
    assert visitor.focused() == name


def test_from_a_postcode_to_a_pledge_and_its_hub(visit, world):
    visitor = visit("/")
    keyboard = visitor.page.keyboard
    keyboard.press("Tab")
    assert visitor.focused() == "Skip to the search"
    keyboard.press("Enter")
    visitor.press_until("Tab", lambda words: words == "place")
    keyboard.type("ls9 7tf")
    visitor.page.get_by_role("option", name="LS9 7TF").wait_for()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    visitor.see("Showing LS9 7TF.")
    visitor.see("North East and Yorkshire hub")
    to_the_markers(visitor)
    to_marker(visitor, "Pledge: Better care")
    keyboard.press("Enter")
    visitor.page.get_by_role("link", name="Open this pledge").wait_for()
    visitor.press_until("Tab", lambda words: words == "Open this pledge")
    keyboard.press("Enter")
    visitor.page.wait_for_url(f"**/pledges/{world.lone.pk}/")
    visitor.see("North East and Yorkshire hub")


def test_all_markers_are_one_stop(visit):
    visitor = visit("/")
    to_the_markers(visitor)
    first = visitor.focused()
    assert "pledges" in first
    to_marker(visitor, next(name for name in visitor.markers() if name != first))
    visitor.page.keyboard.press("Tab")
    assert visitor.focused() == "Zoom in"
    visitor.page.keyboard.press("Shift+Tab")
    assert visitor.focused() != first


def test_escape_closes_the_popup_and_gives_the_focus_back(visit):
    visitor = visit("/#map=17/53.8067/-1.5208")
    to_the_markers(visitor)
    name = visitor.focused()
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_role("dialog").get_by_text("1 to 20 of 25").wait_for()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)
    assert visitor.focused() == name


def test_the_focus_stays_on_the_map_when_a_cluster_opens(visit):
    visitor = visit("/")
    to_the_markers(visitor)
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_function("() => location.hash.length > 5")
    visitor.settle()
    visitor.page.wait_for_function(
        "() => document.activeElement.classList.contains('marker')", timeout=PATIENCE
    )


def test_the_map_can_be_skipped(visit):
    visitor = visit("/")
    visitor.press_until("Tab", lambda words: words == "Skip the map")
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    assert visitor.focused() == visitor.page.locator(".strip a").first.text_content()


def test_the_skip_link_leads_into_the_sheet_of_a_phone(visit):
    visitor = visit("/", (375, 740))
    visitor.press_until("Tab", lambda words: words == "Skip to the list of pledges")
    visitor.page.keyboard.press("Enter")
    visitor.see("Hospital pledge 0")
    visitor.press_until("Tab", lambda words: words == "Hospital pledge 0")
