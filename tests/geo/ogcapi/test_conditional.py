"""Who has an answer already is told so, and nothing is sent again."""

import time

import pytest

from pledges.pledging.models import Pledge, PledgeCounts

PATHS = (
    "",
    "conformance",
    "openapi",
    "collections",
    "collections/pledges",
    "collections/pledges/queryables",
    "collections/pledges/items?limit=5",
    "collections/districts/items",
)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["get", "head"])
def test_the_same_answer_is_not_sent_twice(full, client, path, method):
    first = client.get(f"/api/{path}")
    tag = first["ETag"]
    assert not tag.startswith("W/")
    assert client.get(f"/api/{path}").content == first.content
    again = getattr(client, method)(f"/api/{path}", headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == tag
    assert again["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("name", ["organisations", "pledges"])
def test_time_alone_changes_no_answer(full, client, monkeypatch, name):
    path = f"/api/collections/{name}/items?limit=1"
    first, later = client.get(path), time.time() + 3600
    assert any(link["rel"] == "next" for link in first.json()["links"])
    monkeypatch.setattr("time.time", lambda: later)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_what_changed_is_sent_anew(full, client):
    path = "/api/collections/pledges/items?limit=100"
    tag = client.get(path)["ETag"]
    liked = PledgeCounts.objects.filter(pledge__in=Pledge.objects.public()).first()
    PledgeCounts.objects.filter(pk=liked.pk).update(likes=liked.likes + 1)
    answer = client.get(path, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert answer["ETag"] != tag


def test_forms_and_languages_have_tags_of_their_own(full, client):
    path = "/api/collections/pledges"
    tags = {client.get(f"{path}?f={form}")["ETag"] for form in ("json", "html")}
    assert len(tags) == 2


def test_an_error_has_no_tag(full, client):
    answer = client.get("/api/collections/pledges/items?limit=0")
    assert answer.status_code == 400
    assert "ETag" not in answer
