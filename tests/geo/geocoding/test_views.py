"""/api/geocode, /api/suggest and /api/reverse: what they answer, and what they refuse."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.usefixtures("country")


def features(client: Client, words: str, address: str = "/api/geocode", **more: str) -> list[dict]:
    answer = client.get(address, {"q": words, **more})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/geo+json"
    assert answer.json()["type"] == "FeatureCollection"
    return answer.json()["features"]


def test_a_postcode_is_one_feature_with_its_areas(client):
    assert features(client, "s014 0aa") == [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [-1.39985, 50.90706]},
            "properties": {
                "label": "SO14 0AA",
                "kind": "postcode",
                "approximate": False,
                "note": "",
                "code": "SO140AA",
                "outcode": "SO14",
                "district": {"code": "E06000045", "name": "Southampton"},
                "region": {"code": "Y59", "name": "South East"},
                "nation": {"code": "E92000001", "name": "England"},
            },
        }
    ]


def test_an_outcode_has_bounds_and_is_approximate(client):
    (found,) = features(client, "SO14")
    assert found["bbox"] == [-1.40436, 50.90706, -1.39985, 50.90787]
    assert found["properties"]["approximate"] is True


def test_candidates_come_best_first(client):
    labels = [found["properties"]["label"] for found in features(client, "newport", limit="2")]
    assert labels == ["Newport", "Newport, Isle of Wight"]


def test_unknown_words_have_no_features(client):
    assert features(client, "qwertyuiop") == []


def test_words_half_typed_are_completed(client):
    found = features(client, "so14 0", "/api/suggest")
    assert [place["properties"]["label"] for place in found] == ["SO14 0AA", "SO14 0YN"]


def test_around_a_point(client):
    answer = client.get("/api/reverse", {"lat": "50.9", "lon": "-1.4"})
    assert answer["Content-Type"] == "application/geo+json"
    properties = answer.json()["properties"]
    assert {
        "within": True,
        "place": "Southampton",
        "outcode": "SO14",
        "district": {"code": "E06000045", "name": "Southampton"},
        "region": {"code": "Y59", "name": "South East"},
        "nation": {"code": "E92000001", "name": "England"},
    }.items() <= properties.items()
    assert "SO140" not in answer.content.decode()


def test_around_a_point_at_sea(client):
    properties = client.get("/api/reverse", {"lat": "49.95", "lon": "-5"}).json()["properties"]
    assert properties["within"] is False
    assert properties["region"] is None


def test_answers_are_not_for_shared_caches_and_for_any_site(client):
    answer = client.get("/api/geocode", {"q": "SO14 0AA"})
    assert answer["Cache-Control"] == "no-store"
    assert answer["Access-Control-Allow-Origin"] == "*"


REFUSED = [
    ("/api/geocode", 400, "bad-parameter"),
    ("/api/geocode?q=", 400, "bad-parameter"),
    ("/api/geocode?q=%20", 400, "bad-parameter"),
    ("/api/geocode?q=a%00b", 400, "bad-parameter"),
    ("/api/geocode?q=%ff%fe", 400, "bad-parameter"),
    ("/api/geocode?q=%ed%a0%80", 400, "bad-parameter"),
    ("/api/geocode?q=" + "a" * 10_240, 400, "bad-parameter"),
    ("/api/geocode?q=Leeds&limit=0", 400, "bad-parameter"),
    ("/api/geocode?q=Leeds&limit=-1", 400, "bad-parameter"),
    ("/api/geocode?q=Leeds&limit=ten", 400, "bad-parameter"),
    ("/api/geocode?q=Leeds&colour=red", 400, "unknown-parameter"),
    ("/api/geocode?q=48.85,2.35", 422, "outside-uk"),
    ("/api/geocode?q=999,999", 422, "outside-uk"),
    ("/api/suggest", 400, "bad-parameter"),
    ("/api/suggest?q=a%00b", 400, "bad-parameter"),
    ("/api/suggest?q=" + "a" * 10_240, 400, "bad-parameter"),
    ("/api/reverse", 400, "bad-parameter"),
    ("/api/reverse?lat=50.9", 400, "bad-parameter"),
    ("/api/reverse?lat=nan&lon=-1.4", 400, "bad-parameter"),
    ("/api/reverse?lat=50.9&lon=inf", 400, "bad-parameter"),
    ("/api/reverse?lat=50.9&lon=-inf", 400, "bad-parameter"),
    ("/api/reverse?lat=1e400&lon=0", 400, "bad-parameter"),
    ("/api/reverse?lat=91&lon=0", 400, "bad-parameter"),
    ("/api/reverse?lat=50.9%00&lon=0", 400, "bad-parameter"),
    ("/api/reverse?lat=%ff&lon=0", 400, "bad-parameter"),
    ("/api/reverse?lat=50.9&lon=0;drop table geo_area", 400, "bad-parameter"),
    ("/api/reverse?lat=<script>&lon=0", 400, "bad-parameter"),
    ("/api/reverse?lat=50.9&lon=" + "1" * 10_240, 400, "bad-parameter"),
    ("/api/reverse?lat=50.9&lon=-1.4&zoom=3", 400, "unknown-parameter"),
    ("/api/reverse?lat=48.85&lon=2.35", 422, "outside-uk"),
]


@pytest.mark.parametrize(("address", "status", "code"), REFUSED)
def test_what_cannot_be_used_is_refused_with_a_reason(client, address, status, code):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert set(answer.json()) == {"code", "description"}
    assert answer.json()["description"]


@pytest.mark.parametrize(
    "words",
    [
        "nan",
        "inf, inf",
        "1e5, 3",
        "'; DROP TABLE geo_postcode; --",
        '" OR 1=1',
        "<script>alert(1)</script>",
        "%%%",
        "___",
        "\\",
        "SO14 0AA' OR '1'='1",
        "🙂🙂🙂",
        "SO14" * 50,
        "000000000000000000000000000000",
        "-" * 200,
        "OIOIOIO",
        "((((((((",
    ],
)
@pytest.mark.parametrize("address", ["/api/geocode", "/api/suggest"])
def test_odd_words_are_searched_like_any(client, address, words):
    assert isinstance(features(client, words, address), list)


@pytest.mark.parametrize("address", ["/api/geocode", "/api/suggest", "/api/reverse"])
def test_only_reading_is_answered(client, address):
    answer = client.post(address)
    assert answer.status_code == 405
    assert answer.json()["code"] == "method-not-allowed"


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        # Areas around the point, the nearest place, the nearest postcode.
        ("/api/reverse?lat=50.9&lon=-1.4", 2),
        ("/api/geocode?q=SO14%200AA", 2),
        ("/api/suggest?q=SO14%200", 3),
        ("/api/suggest?q=newp", 4),
    ],
)
def test_an_answer_takes_a_fixed_number_of_queries(client, address, queries):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    # Beside them stand the savepoint of a bounded read, its time limit, and that put back.
    assert len(asked) == queries + 4
