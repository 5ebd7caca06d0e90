"""The map and the panel beside it tell the same."""

from playwright.sync_api import expect

from tests.journeys.visitor import PHONE

LEEDS = "/#map=17/53.8067/-1.5208"
SOUTHAMPTON = "/#map=17/50.9050/-1.3990"


def test_the_numbers_add_up(visit, world):
    visitor = visit("/")
    assert visitor.on_map() == world.on_map
    total = visitor.page.locator("#total").inner_text()
    off = world.total - world.on_map
    assert total == f"{world.total} pledges = {world.on_map} on the map + {off} not on the map"


def test_a_filter_changes_map_list_and_numbers_together(visit):
    visitor = visit("/")
    visitor.page.get_by_text("Filter pledges").click()
    visitor.page.get_by_label("Staff experience").check()
    visitor.page.get_by_text("Remove the filter Staff experience").wait_for()
    visitor.settle()
    staff = visitor.on_map()
    assert visitor.page.locator("#total").inner_text().startswith(f"{staff} pledges")
    assert visitor.page.locator("#listing .pledge-list > li").count() == staff
    assert "theme=staff" in visitor.page.url


def test_a_cluster_opens_towards_what_it_holds(visit):
    visitor = visit("/")
    visitor.page.locator("[aria-label^='26 pledges']").click()
    visitor.see("26 in view")
    assert visitor.on_map() == 26


def test_many_at_one_spot_open_as_a_list_with_pages(visit):
    visitor = visit(LEEDS)
    visitor.page.locator("[aria-label^='25 pledges at one spot']").click()
    popup = visitor.page.get_by_role("dialog", name="25 pledges here")
    expect(popup.locator(".pledge-item")).to_have_count(20)
    popup.get_by_role("link", name="Older pledges").click()
    popup.get_by_text("21 to 25 of 25").wait_for()
    expect(popup.locator(".pledge-item")).to_have_count(5)


def test_a_popup_lies_under_nothing(visit):
    visitor = visit(LEEDS, reduced_motion="reduce")
    visitor.page.locator("[aria-label^='25 pledges at one spot']").click()
    visitor.page.get_by_role("dialog").get_by_text("1 to 20 of 25").wait_for()
    visitor.page.get_by_role("button", name="Close", exact=True).click()
    expect(visitor.page.get_by_role("dialog")).to_have_count(0)


def test_a_few_at_one_spot_fan_out(visit):
    visitor = visit(SOUTHAMPTON)
    visitor.page.locator("[aria-label^='5 pledges at one spot']").click()
    visitor.page.locator("[aria-label='Pledge 5 of 5: Patients’ experience']").click()
    visitor.page.get_by_role("dialog").get_by_text("Clinic pledge 4").wait_for()
    visitor.page.keyboard.press("Escape")
    visitor.page.keyboard.press("Escape")
    assert not [name for name in visitor.markers() if " of 5:" in name]


def test_organisations_are_a_layer_that_leads_to_their_pledges(visit, world):
    visitor = visit("/#map=12/53.8067/-1.5208")
    visitor.page.get_by_label("Organisations").check()
    visitor.page.locator("[aria-label='Leeds Infirmary, 25 pledges']").click()
    visitor.page.get_by_role("heading", name="Leeds Infirmary").wait_for()


def test_the_list_follows_the_map(visit):
    visitor = visit("/#map=12/50.9050/-1.3990", reduced_motion="reduce")
    visitor.see("6 in view")
    assert "Hospital" not in visitor.page.locator("#listing").inner_text()
    visitor.page.locator(".folium-map").focus()
    for _ in range(14):
        visitor.page.keyboard.press("ArrowLeft")
    visitor.page.get_by_text("There are no pledges in this view.").wait_for()
    visitor.page.get_by_role("link", name="Show the whole United Kingdom").click()
    visitor.page.locator("[aria-label^='26 pledges']").wait_for()


def test_the_drawer_has_what_is_not_on_the_map(visit):
    visitor = visit("/")
    visitor.page.get_by_role("link", name="7 not on the map").click()
    drawer = visitor.page.get_by_role("dialog", name="Not on the map")
    drawer.get_by_text("Region pledge 0").wait_for()
    drawer.get_by_role("link", name="No place 3").click()
    drawer.get_by_text("Region pledge 0").wait_for(state="detached")
    expect(drawer.locator(".pledge-item")).to_have_count(3)
    visitor.page.keyboard.press("Escape")
    drawer.wait_for(state="hidden")
    assert visitor.focused() == "7 not on the map"


def test_what_people_wrote_stays_text(visit, world):
    visitor = visit("/#map=16/53.8250/-1.5000")
    visitor.page.locator("[aria-label='Pledge: Better care']").click()
    visitor.page.get_by_role("dialog").get_by_text("<b>I will</b>").wait_for()
    assert visitor.page.title() != "owned"
    assert visitor.page.locator(".leaflet-popup b").count() == 0


def test_the_sheet_of_a_phone_opens_and_closes(visit):
    visitor = visit("/", PHONE)
    handle = visitor.page.locator("#sheet-handle")
    assert visitor.page.evaluate("document.getElementById('sheet-body').inert")
    handle.click()
    visitor.page.get_by_text("Hospital pledge 0").first.wait_for()
    handle.click()
    assert handle.get_attribute("aria-expanded") == "false"
