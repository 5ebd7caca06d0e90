"""The service describes itself: every link leads where it says, to the type that it says."""

import datetime

from geo.ogcapi import links
from geo.ogcapi.crs import OFFERED
from geo.ogcapi.export.geofiles import FILE_FORMATS
from geo.ogcapi.layers import published_layers
from tests.geo.ogcapi.conftest import COLLECTIONS

ITEMS = [f"collections/{name}/items" for name in COLLECTIONS]
DOCUMENTS = [
    "",
    "conformance",
    "openapi",
    "collections",
    *(f"collections/{name}" for name in COLLECTIONS),
    *(f"collections/{name}/schema" for name in COLLECTIONS),
    *(f"collections/{name}/queryables" for name in COLLECTIONS),
    *ITEMS,
]


def path_of(href: str) -> str:
    assert href.startswith("http://testserver/")
    return href.removeprefix("http://testserver")


def all_links(document: object) -> list[dict]:
    """Every link object anywhere in a document."""
    if isinstance(document, list):
        return [link for part in document for link in all_links(part)]
    if not isinstance(document, dict):
        return []
    own = [document] if "rel" in document and isinstance(document.get("href"), str) else []
    return own + [link for part in document.values() for link in all_links(part)]


def rels(document: dict) -> dict[str, dict]:
    return {link["rel"]: link for link in document["links"]}


def test_every_link_answers_with_the_type_it_promises(full, ask, client):
    followed = {}
    for path in DOCUMENTS:
        answer = ask(path)
        assert answer.status_code == 200
        for link in all_links(answer.json()):
            assert link["title"]
            if link["href"].startswith("http://testserver/"):
                followed[path_of(link["href"])] = link
            else:
                assert link["rel"] == "license"
    assert len(followed) > 20
    for path, link in followed.items():
        found = client.get(path)
        if "length" not in link and path.endswith(tuple(FILE_FORMATS)):
            assert found.status_code == 202  # the worker has yet to make it
            continue
        assert found.status_code == 200, link
        assert found["Content-Type"].partition("; charset")[0] == link["type"], link


def test_every_document_says_where_it_is(full, ask):
    for path in DOCUMENTS:
        document = ask(path).json()
        if "links" in document:
            assert rels(document)["self"]["href"] == f"http://testserver/api/{path}"
        elif "$id" in document:
            assert document["$id"] == f"http://testserver/api/{path}"
        else:
            assert path in ("openapi", "conformance")  # which have no room for it


def test_what_has_a_page_for_people_links_to_it(full, ask, client):
    one = ask("collections/hubs/items").json()["features"][0]["id"]
    paths = ["", "collections", "collections/hubs", f"collections/hubs/items/{one}"]
    for path in (*paths, "collections/hubs/items?limit=1&properties=name"):
        found = client.get(f"/api/{path}").json()["links"]
        (twin,) = [link for link in found if link["rel"] == "alternate"]
        assert client.get(path_of(twin["href"]))["Content-Type"].startswith(twin["type"])
        (own,) = [link for link in found if link["rel"] == "self"]
        assert twin["href"] in (f"{own['href']}?f=html", f"{own['href']}&f=html")
    items = [link for link in ask("collections/hubs").json()["links"] if link["rel"] == "items"]
    assert {link["type"] for link in items} == {"application/geo+json", "text/html"}


def test_the_landing_page_leads_to_everything(db, ask):
    assert set(rels(ask().json())) == {
        "self",
        "alternate",
        "service-desc",
        "service-doc",
        "conformance",
        "data",
    }


def test_the_landing_page_is_found_without_a_slash(db, client):
    assert client.get("/api").json() == client.get("/api/").json()


def test_only_what_is_implemented_is_declared(db, ask):
    declared = {
        "ogcapi-features-1": {"core", "geojson", "html", "oas30"},
        "ogcapi-features-2": {"crs"},
        "ogcapi-features-3": {"queryables", "filter", "features-filter"},
        "cql2": {
            *("cql2-text", "basic-cql2", "advanced-comparison-operators"),
            *("case-insensitive-comparison", "basic-spatial-functions"),
        },
    }
    assert set(ask("conformance").json()["conformsTo"]) == {
        f"http://www.opengis.net/spec/{part}/1.0/conf/{name}"
        for part, names in declared.items()
        for name in names
    }


def test_addresses_are_those_of_the_host_that_was_asked(full, client):
    answer = client.get("/api/collections/pledges/items?limit=1", headers={"host": "a.example.org"})
    hrefs = [link["href"] for link in all_links(answer.json())]
    hrefs += [feature["properties"]["url"] for feature in answer.json()["features"]]
    assert len(hrefs) == 5
    assert all(href.startswith("http://a.example.org/") for href in hrefs)


def test_all_collections_are_listed_with_their_own_document(full, ask):
    listed = ask("collections").json()["collections"]
    assert [each["id"] for each in listed] == list(published_layers())
    for each in listed:
        assert each == ask(f"collections/{each['id']}").json()
        assert {"self", "items", "describedby", links.QUERYABLES, "license"} <= set(rels(each))
        assert each["itemType"] == "feature"
        assert each["crs"] == list(OFFERED)
        assert each["storageCrs"] == each["crs"][0]
        assert each["title"]
        assert each["description"]
        assert each["attribution"]


def test_the_extent_is_that_of_the_data(full, ask):
    for name in COLLECTIONS:
        found = ask(f"collections/{name}").json()["extent"]["spatial"]["bbox"]
        corners = []
        for feature in ask(f"collections/{name}/items", limit=1000).json()["features"]:
            corners += _points(feature["geometry"] and feature["geometry"]["coordinates"])
        west, south = (min(corner[axis] for corner in corners) for axis in (0, 1))
        east, north = (max(corner[axis] for corner in corners) for axis in (0, 1))
        assert found == [[west, south, east, north]], name


def _points(nested) -> list[list[float]]:
    if not nested:
        return []
    if isinstance(nested[0], int | float):
        return [nested]
    return [point for part in nested for point in _points(part)]


def test_the_time_of_pledges_is_from_the_first_to_the_last(ground, pledge, ask):
    pledge(on=datetime.date(2014, 3, 3))
    pledge(on=datetime.date(2020, 1, 1))
    pledge(on=datetime.date(1999, 1, 1), hidden=True)
    [interval] = ask("collections/pledges").json()["extent"]["temporal"]["interval"]
    assert interval == ["2014-03-03T12:00:00Z", "2020-01-01T12:00:00Z"]


def test_a_collection_without_data_has_no_extent(db, ask):
    for each in ask("collections").json()["collections"]:
        assert "extent" not in each
        assert each["demo"] is False


def test_demo_content_is_declared(ground, pledge, ask):
    pledge()
    assert ask("collections/pledges").json()["demo"] is False
    made = pledge(demo=True)
    assert ask("collections/pledges").json()["demo"] is True
    assert ask(f"collections/pledges/items/{made.pk}").json()["properties"]["demo"] is True


def test_other_sites_may_read_the_answers(full, ask, client):
    for path in (*DOCUMENTS, "docs"):
        assert ask(path)["Access-Control-Allow-Origin"] == "*"
        preflight = client.options(f"/api/{path}", headers={"origin": "https://example.org"})
        assert preflight.status_code == 204
        assert preflight["Access-Control-Allow-Origin"] == "*"
        assert "GET" in preflight["Access-Control-Allow-Methods"]


def test_other_sites_may_read_the_refusals(db, ask):
    for path in ("nowhere", "collections/nothing", "collections/hubs/items?limit=x"):
        answer = ask(path)
        assert answer.status_code in (400, 404)
        assert answer["Access-Control-Allow-Origin"] == "*"


def test_head_answers_what_get_would_without_its_body(full, client):
    for path in DOCUMENTS:
        asked, got = client.head(f"/api/{path}"), client.get(f"/api/{path}")
        assert (asked.status_code, asked.content) == (200, b"")
        assert asked["Content-Type"] == got["Content-Type"]


def test_nothing_can_be_written(db, client):
    for method in ("post", "put", "patch", "delete", "trace"):
        for path in ("", "openapi", "collections/pledges/items"):
            answer = getattr(client, method)(f"/api/{path}")
            assert answer.status_code == 405
            assert answer.json()["code"] == "method-not-allowed"
            assert answer["Allow"] == "GET, HEAD, OPTIONS"


ACCEPTED = [
    "application/geo+json",
    "application/json",
    "application/geo+json, application/json",
    "*/*",
    "application/geo+json, text/html",
    "application/vnd.oai.openapi+json;version=3.0, application/json",
    "image/png",
    "nonsense",
]


def test_whatever_a_client_accepts_it_gets_what_there_is(full, client):
    for accept in ACCEPTED:
        answer = client.get("/api/collections/pledges/items", headers={"accept": accept})
        assert answer["Content-Type"] == "application/geo+json"


def test_the_form_can_be_named(full, ask):
    assert ask("collections", f="json").status_code == 200
    assert ask("docs", f="html").status_code == 200
    assert ask("collections", f="xml").json() == {
        "code": "bad-parameter",
        "description": "f: only json, html is offered here",
    }
