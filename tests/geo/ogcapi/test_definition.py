"""The service's definitions, OpenAPI and schemas, say what its answers hold and what it reads."""

import re

from geo.ogcapi.layers import published_layers
from geo.ogcapi.query import FILTERING, STANDARD
from tests.geo.ogcapi.conftest import COLLECTIONS


def test_the_schema_declares_what_features_have(full, ask, subtests):
    kinds = {"string": str, "integer": int, "boolean": bool, "array": list}
    for name in COLLECTIONS:
        with subtests.test(name):
            declared = ask(f"collections/{name}/schema").json()["properties"]
            assert declared.pop("id")["x-ogc-role"] == "id"
            assert declared.pop("geometry")["x-ogc-role"] == "primary-geometry"
            for feature in ask(f"collections/{name}/items").json()["features"]:
                assert list(feature["properties"]) == list(declared)
                for field, value in feature["properties"].items():
                    if value is not None:
                        assert type(value) is kinds[declared[field]["type"]], field
                        assert value in declared[field].get("enum", [value]), field


def test_queryables_are_the_properties_with_one_plain_value(full, ask):
    for name in COLLECTIONS:
        found = ask(f"collections/{name}/queryables").json()["properties"]
        features = ask(f"collections/{name}/schema").json()["properties"]
        assert found.items() <= features.items()
        left = {key: features[key] for key in set(features) - set(found)}
        assert all(
            told.get("format") == "uri" or told.get("type") == "array" for told in left.values()
        )
    assert "theme" in ask("collections/pledges/queryables").json()["properties"]


def test_the_openapi_document_has_every_parameter_of_every_collection(full, ask):
    document = ask("openapi").json()
    assert document["openapi"].startswith("3.0")
    assert document["servers"] == [{"url": "http://testserver/api"}]
    for name, layer in published_layers().items():
        listed = document["paths"][f"/collections/{name}/items"]["get"]["parameters"]
        names = {_resolved(document, each)["name"] for each in listed}
        own = set(layer.filters.names) | ({"near"} if layer.on_points else set())
        assert names == (own | set(STANDARD) | set(FILTERING)) - {"f"}
    assert _resolved(document, {"$ref": "#/components/parameters/limit"})["schema"]["maximum"] == (
        10_000
    )


def test_the_openapi_document_is_whole_and_small(full, ask):
    answer = ask("openapi")
    assert len(answer.content) < 3_600 * len(published_layers())
    document = answer.json()
    for path, methods in document["paths"].items():
        held = {
            found["name"]
            for each in methods["get"]["parameters"]
            if (found := _resolved(document, each))["in"] == "path"
        }
        assert held == set(re.findall(r"{(\w+)}", path))
        assert {"200", "default"} <= set(methods["get"]["responses"])
        answer = ask(path.removeprefix("/").replace("{featureId}", "none").replace("{form}", "x"))
        assert answer.status_code == (404 if held else 200)


def _resolved(document: dict, each: dict) -> dict:
    found = each
    if "$ref" in each:
        found = document
        for step in each["$ref"].removeprefix("#/").split("/"):
            found = found[step]
    return found


def test_the_page_for_people_explains_every_parameter(full, ask):
    page = ask("docs")
    assert page["Content-Type"].startswith("text/html")
    for layer in published_layers().values():
        for name in (*layer.filters.names, "datetime", "limit", "cursor"):
            assert f"<code>{name}</code>" in page.content.decode()
