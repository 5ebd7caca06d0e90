"""When a part does not answer, the page says so and what to do."""

from tests.journeys.visitor import feature


def broken(route) -> None:
    route.fulfill(status=503, content_type="application/json", body=feature("Try again soon."))


def test_tiles_that_fail_are_told_and_tried_again(window):
    visitor = window()
    visitor.page.route("**/tiles/**", broken)
    visitor.go("/")
    message = visitor.page.get_by_role("alert")
    message.get_by_text("Try again soon.").wait_for()
    assert visitor.markers() == []
    visitor.check_access("failed tiles")
    visitor.page.unroute("**/tiles/**")
    message.get_by_role("button", name="Try again").click()
    visitor.page.locator("[aria-label^='26 pledges']").wait_for()
    assert not message.is_visible()


def test_the_ground_may_fail_and_the_pledges_are_still_there(window):
    visitor = window()
    visitor.page.route("**/base/**", lambda route: route.abort())
    visitor.go("/")
    visitor.page.locator("[aria-label^='26 pledges']").wait_for()
    visitor.page.get_by_role("alert").get_by_text("A part of the map").wait_for()
    visitor.page.unroute("**/base/**")
    with visitor.page.expect_response("**/base/land_low.json*") as answer:
        visitor.page.get_by_role("button", name="Try again").click()
    assert answer.value.ok


def test_a_list_that_fails_offers_to_try_again(window):
    visitor = window()
    visitor.go("/")
    visitor.page.route("**/map/list/**", broken)
    visitor.page.get_by_role("button", name="Zoom in", exact=True).click()
    visitor.see("The list could not be loaded. Try again soon.")
    visitor.page.unroute("**/map/list/**")
    visitor.page.locator("#listing").get_by_role("button", name="Try again").click()
    visitor.see("in view")


def test_a_popup_that_fails_offers_to_try_again(window):
    visitor = window()
    visitor.go("/#map=17/53.8067/-1.5208")
    visitor.page.route("**/spots/**", lambda route: route.abort())
    visitor.page.locator("[aria-label^='25 pledges']").click()
    popup = visitor.page.get_by_role("dialog")
    popup.get_by_text("This could not be loaded.").wait_for()
    visitor.page.unroute("**/spots/**")
    popup.get_by_role("button", name="Try again").click()
    popup.get_by_text("1 to 20 of 25").wait_for()


def test_a_place_that_nobody_knows(visit):
    visitor = visit("/")
    visitor.page.locator("#place").fill("Nowhere at all")
    visitor.page.locator("#place").press("Enter")
    visitor.see("We cannot find that place.")
    assert visitor.focused() == "place"


def test_a_place_abroad(window):
    visitor = window()
    visitor.go("/")
    visitor.page.locator("#place").fill("48.85, 2.35")
    visitor.page.locator("#place").press("Enter")
    visitor.see("outside the United Kingdom")


def test_a_visitor_who_does_not_tell_where_they_are(visit):
    visitor = visit("/")
    visitor.page.get_by_role("button", name="Use my location").click()
    visitor.see("Your browser did not give your location.")


def test_a_visitor_who_does(visit):
    here = {"latitude": 53.8067, "longitude": -1.5208}
    visitor = visit("/", geolocation=here, permissions=["geolocation"])
    visitor.page.get_by_role("button", name="Use my location").click()
    visitor.see("North East and Yorkshire hub")
    # What is sent is good to a hundred metres, and no better.
    told = [address for address in visitor.requests if "reverse" in address or "hub" in address]
    assert told
    assert not [address for address in told if "53.8067" in address]
