"""Whatever is sent to the API, the answer is a feature or a clear refusal, never a failure."""

from urllib.parse import quote

import pytest

from geo.core import keyset
from geo.core.keyset import Cursor
from geo.ogcapi.layers import published_layers
from geo.ogcapi.query import STANDARD

HOSTILE = {
    "empty": "",
    "space": "%20",
    "nan": "nan",
    "infinity": "-inf",
    "NUL": "%00",
    "NUL inside": "SO14%00AA",
    "invalid UTF-8": "%ff%fe",
    "cut UTF-8": "%e6%97",
    "surrogate": "%ed%a0%80",
    "control": "%01%1b[2J",
    "SQL": quote("'; drop table pledges_pledge; --"),
    "SQL true": quote("' or '1'='1"),
    "SQL sleep": quote("1); select pg_sleep(10); --"),
    "HTML": quote("<script>alert(1)</script>"),
    "format": quote("%s %(x)s {} {0.__class__} %"),
    "tsquery": quote('"a & !b | (c <-> d)" -or or or ('),
    "huge number": "9" * 400,
    "negative": "-1",
    "zero": "0",
    "exponent": "1e999",
    "commas": "," * 200,
    "many values": ",".join(map(str, range(60))),
    "10 KB": "x" * 10_240,
    "10 KB of digits": "1" * 10_240,
    "10 KB of commas": "," * 10_240,
    "right to left": quote("\u202egnp.exe"),
    "emoji": quote("🙂" * 30),
    "path": quote("../../etc/passwd", safe=""),
    "JSON": quote('{"$gt": ""}'),
}


def refused(answer) -> bool:
    """Whether the answer is a refusal in the one shape, whose words hold nothing that runs."""
    body = answer.json()
    assert set(body) == {"code", "description"}
    assert all(isinstance(value, str) and value for value in body.values())
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert len(body["description"]) < 500
    return 400 <= answer.status_code < 500


@pytest.mark.parametrize("name", published_layers())
def test_any_parameter_of_items_survives(name, full, client, subtests):
    for parameter in (*published_layers()[name].filters.names, *STANDARD):
        for kind, value in HOSTILE.items():
            with subtests.test(f"{parameter}: {kind}"):
                answer = client.get(f"/api/collections/{name}/items?{parameter}={value}")
                if answer.status_code == 200:
                    assert answer.json()["type"] == "FeatureCollection"
                else:
                    assert refused(answer)


@pytest.mark.parametrize("parameter", ["limit", "bbox", "datetime", "cursor"])
def test_numbers_and_cursors_are_refused_whatever_they_hold(parameter, full, client, subtests):
    for name in published_layers():
        for kind, value in HOSTILE.items():
            if value == "" and parameter in ("bbox", "cursor"):
                continue  # left empty, as a form sends it: as good as absent
            with subtests.test(f"{name}: {kind}"):
                answer = client.get(f"/api/collections/{name}/items?{parameter}={value}")
                assert refused(answer)
                assert answer.status_code == 400


def test_any_name_of_a_parameter_is_refused(full, client, subtests):
    paths = ["", "conformance", "openapi", "docs", "collections", "collections/hubs/schema"]
    paths += [f"collections/{name}/items" for name in published_layers()]
    for kind, value in HOSTILE.items():
        for path in paths:
            with subtests.test(f"{path}: {kind}"):
                assert refused(client.get(f"/api/{path}?{value or 'x'}=1"))


def test_any_part_of_an_address_is_not_found(full, client, subtests):
    for kind, value in HOSTILE.items():
        part = value or "%20"
        paths = [f"collections/{part}", f"collections/{part}/items", f"collections/{part}/schema"]
        paths += [f"collections/{name}/items/{part}" for name in published_layers()]
        for path in paths:
            with subtests.test(f"{path[:60]}: {kind}"):
                answer = client.get(f"/api/{path}")
                assert refused(answer)
                assert answer.status_code in (400, 404)


BOXES = [
    "1,2,3",
    "1,2,3,4,5",
    "1,2,3,4,5,6,7",
    "a,b,c,d",
    "nan,nan,nan,nan",
    "-inf,-90,inf,90",
    "-4,52,0,50",
    "0,50,-4,52",
    "-181,50,0,52",
    "-4,50,0,91",
    "-4,50,0,1e400",
    "-4,50,0,0x34",
    "-4 50 0 52",
    "-4;50;0;52",
    ",,,",
    "-4,50,0,52%00",
]


def test_a_bad_box_is_refused(db, client):
    for box in BOXES:
        for name in published_layers():
            answer = client.get(f"/api/collections/{name}/items?bbox={box}")
            assert answer.status_code == 400, box
            assert refused(answer)


def test_a_made_up_cursor_of_pledges_is_refused(full, ask):
    for word in ("0-0x", "-1-1", "fffffffffffffffff-1", "1-8000000000000000", "1-1-forth", "-back"):
        assert refused(ask("collections/pledges/items", cursor=word)), word


def test_a_cursor_is_good_for_its_own_collection_alone(full, ask):
    own = keyset.write("regions", Cursor(("Y58",)))
    assert ask("collections/regions/items", cursor=own).json()["numberReturned"] == 1
    assert refused(ask("collections/districts/items", cursor=own))
    assert refused(ask("collections/pledges/items", cursor=own))
    assert refused(ask("collections/regions/items", cursor=own[:-1]))
    assert refused(ask("collections/regions/items", cursor="A" + own))


def test_words_of_people_are_data_in_the_answer(ground, pledge, ask):
    text = '</script><img src=x onerror=alert(1)> "quoted" \\ \u2028'
    made = pledge(text, display_name="<b>Alice</b>")
    for path in ("collections/pledges/items", f"collections/pledges/items/{made.pk}"):
        answer = ask(path)
        assert answer["Content-Type"] == "application/geo+json"
        assert answer["X-Content-Type-Options"] == "nosniff"
        feature = answer.json()
        feature = feature["features"][0] if "features" in feature else feature
        assert feature["properties"]["text"] == text


def test_a_host_that_is_not_ours_is_refused(db, client, settings):
    settings.ALLOWED_HOSTS = ["map.example.org"]
    assert client.get("/api/", headers={"host": "map.example.org"}).status_code == 200
    assert refused(client.get("/api/", headers={"host": "evil.example.org"}))
