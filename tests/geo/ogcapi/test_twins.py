"""Each resource has a page for people, written from the same document."""

import re

import pytest

from tests.geo.ogcapi.conftest import COLLECTIONS

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PATHS = ["", "conformance", "collections"]
PATHS += [f"collections/{name}{rest}" for name in COLLECTIONS for rest in ("", "/items")]


@pytest.mark.parametrize("path", PATHS)
def test_browsers_get_a_page_and_programs_json(full, client, path):
    page = client.get(f"/api/{path}", headers=BROWSER)
    assert page.status_code == 200
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert "Accept" in page["Vary"]
    assert client.get(f"/api/{path}?f=html").content.count(b"<h1") == 1
    for asked in ({"path": f"/api/{path}"}, {"path": f"/api/{path}?f=json", "headers": BROWSER}):
        answer = client.get(**asked)
        assert "json" in answer["Content-Type"]
        assert "Accept" in answer["Vary"]


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_page_of_features_has_them_in_a_table_with_pages_that_follow(full, client, ask, name):
    items = ask(f"collections/{name}/items", limit=2).json()
    page = client.get(f"/api/collections/{name}/items?limit=2", headers=BROWSER).content.decode()
    for each in items["features"]:
        assert f'href="/api/collections/{name}/items/{each["id"]}"' in page
    following = [link["href"] for link in items["links"] if link["rel"] == "next"]
    found = re.findall(r'rel="next" href="([^"]+)"', page)
    assert [each.replace("&amp;", "&") for each in found] == following
    one = items["features"][0]["id"]
    single = client.get(f"/api/collections/{name}/items/{one}", headers=BROWSER)
    assert single.status_code == 200


def test_what_people_wrote_stays_text(full, client):
    page = client.get("/api/collections/pledges/items?limit=100&f=html").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "style=" not in page


def test_the_map_asks_for_the_same_features_in_degrees(full, client):
    grid = "http://www.opengis.net/def/crs/EPSG/0/27700"
    page = client.get(f"/api/collections/pledges/items?theme=care&crs={grid}&f=html")
    address = re.search(r'"address": "([^"]+)"', page.content.decode()).group(1)
    assert "theme=care" in address
    assert "f=json" in address
    assert "27700" not in address


def test_nothing_that_matches_is_said_so(full, client):
    page = client.get("/api/collections/pledges/items?q=zanzibar&f=html").content.decode()
    assert "Nothing matches." in page
    assert "0 features match." in page


def test_other_forms_are_refused(full, ask):
    assert ask("collections/pledges/items", f="xml").status_code == 400
