"""The address: it has the view and the filters, and never what was searched for."""

import re

VIEW = "#map=12/53.8067/-1.5208"


def shows(url: str) -> str:
    return url.partition("#")[2]


def test_view_filters_and_layers_survive_a_reload(visit):
    visitor = visit("/?theme=care,staff" + VIEW)
    visitor.page.get_by_label("Organisations").check()
    visitor.page.wait_for_function("() => location.hash.includes('organisations')")
    visitor.settle()
    before, markers = visitor.page.url, sorted(visitor.markers())
    visitor.page.reload()
    visitor.settle()
    assert visitor.page.url == before
    visitor.page.wait_for_selector("[aria-label^='Leeds Infirmary']")
    assert sorted(visitor.markers()) == markers
    assert visitor.page.get_by_label("Organisations").is_checked()
    assert visitor.page.locator("#theme-care").is_checked()
    assert not visitor.page.locator("#theme-attitude").is_checked()


def test_someone_else_sees_the_same_by_the_address(visit):
    first = visit("/?who=person" + VIEW)
    first.page.get_by_role("button", name="Zoom in", exact=True).click()
    first.page.wait_for_function("() => location.hash.startsWith('#map=13/')")
    first.settle()
    second = visit(first.page.url.removeprefix(first.site))
    assert sorted(second.markers()) == sorted(first.markers())


def test_back_undoes_a_filter_and_leaves_the_view(visit):
    visitor = visit("/" + VIEW)
    everything = sorted(visitor.markers())
    visitor.page.get_by_text("Filter pledges").click()
    visitor.page.locator("#theme-attitude").check(force=True)
    visitor.page.get_by_text("Remove the filter Attitude").wait_for()
    assert "?theme=attitude" in visitor.page.url
    visitor.settle()
    assert sorted(visitor.markers()) != everything
    visitor.page.go_back()
    visitor.page.get_by_text("Remove the filter Attitude").wait_for(state="detached")
    visitor.settle()
    assert not visitor.page.locator("#theme-attitude").is_checked()
    assert sorted(visitor.markers()) == everything
    assert shows(visitor.page.url) == VIEW[1:]


def test_back_from_a_pledge_leads_to_the_same_view(visit, world):
    visitor = visit("/?theme=care" + VIEW)
    before = sorted(visitor.markers())
    visitor.page.locator("#listing .pledge-list a").first.click()
    visitor.page.wait_for_url("**/pledges/*/")
    visitor.page.go_back()
    visitor.settle()
    assert visitor.page.url.endswith("/?theme=care" + VIEW)
    assert sorted(visitor.markers()) == before


def test_what_was_searched_for_is_in_no_address(visit):
    visitor = visit("/")
    visitor.page.locator("#place").fill("LS9 7TF")
    visitor.page.locator("#place").press("Enter")
    visitor.see("Showing LS9 7TF.")
    visitor.page.wait_for_function("() => location.hash.startsWith('#map=13/')")
    visitor.settle()
    assert not re.search("ls9|7tf", visitor.page.url, re.IGNORECASE)
    first = visitor.page.url
    # The middle of the view is that of half a square mile: a street away it is the same.
    visitor.page.locator("#place").fill("LS9 6AB")
    visitor.page.locator("#place").press("Enter")
    visitor.see("Showing LS9 6AB.")
    visitor.settle()
    assert visitor.page.url == first
    visitor.page.reload()
    visitor.settle()
    assert visitor.page.locator("#place").input_value() == ""
    assert "LS9" not in visitor.page.evaluate("JSON.stringify([...Object.entries(localStorage)])")


def test_a_broken_view_in_the_address_shows_the_country(visit):
    for hash_ in ("#map=99/x/y", "#map=5/900/900", "#nonsense", "#map=12/nan/inf"):
        visitor = visit("/" + hash_)
        assert "26 pledges" in " ".join(visitor.markers())


def test_a_shared_link_with_a_tracker_still_works(visit):
    visitor = visit("/?theme=care&fbclid=abc&utm_source=post")
    assert visitor.page.locator("#theme-care").is_checked()
