"""The scripts of every main page run, and all that they import is fetched at once."""

import pytest

PAGES = (
    "/",
    "/pledges/",
    "/pledges/new/",
    "/stories/",
    "/check/",
    "/talk/",
    "/talk/posts/",
    "/talk/new/",
    "/talk/map/",
    "/hubs/",
    "/hubs/north-west/",
    "/events/",
    "/resources/",
    "/employers/",
    "/areas/UK/dashboard/",
    "/organisations/RR8/",
    "/accounts/login/",
    "/api/collections/hubs/items?f=html",
)
# What the page names in its HTML: classic scripts, modules, and what they import.
NAMED = """[...document.querySelectorAll("script[src], link[rel=modulepreload]")]
  .map((one) => one.src || one.href).filter((address) => address.includes("/static/"))"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_all_its_scripts_and_they_run(visit, path):
    visitor = visit(path)  # which fails for every error in the console, and every failed request
    visitor.check_policy()
    fetched = [name for name in visitor.requests if "/static/" in name and name.endswith(".js")]
    assert sorted(fetched) == sorted(set(visitor.page.evaluate(NAMED)))


def test_a_pledge_can_be_shared(visit, world):
    """Its page has the script that copies the link."""
    visitor = visit(f"/pledges/{world.lone.pk}/")
    visitor.check_policy()
    assert visitor.page.locator("#share-copy").is_visible()
