"""One table of statuses, one shape of answers, and no secrets in either."""

import pytest
from django.test import Client

from config.errors import STATUS, status_of
from geo.core import errors
from tests.config.addresses import FAILURES, SECRET

EXPECTED = {
    "bad-parameter": (400, "bad-parameter"),
    "unknown-parameter": (400, "unknown-parameter"),
    "not-found": (404, "not-found"),
    "place-not-found": (404, "place-not-found"),
    "outside-uk": (422, "outside-uk"),
    "geocoder-unavailable": (503, "geocoder-unavailable"),
    "too-slow": (503, "too-slow"),
    "upload-refused": (422, "upload-refused"),
    "missing": (404, "not-found"),
    "forbidden": (403, "forbidden"),
    "suspicious": (400, "bad-request"),
    "database": (503, "unavailable"),
    "interface": (503, "unavailable"),
    "unforeseen": (500, "server-error"),
}


@pytest.fixture
def failing(settings) -> Client:
    settings.ROOT_URLCONF = "tests.config.addresses"
    return Client(raise_request_exception=False)


def descendants(kind: type) -> set[type]:
    return {kind}.union(*(descendants(below) for below in kind.__subclasses__()))


def test_every_error_of_ours_has_a_status():
    ours = {kind for kind in descendants(errors.GeoError) if kind.__module__ == "geo.core.errors"}
    assert len(ours) > 5
    for kind in ours - {errors.GeoError}:
        assert any(parent in STATUS for parent in kind.__mro__), kind
        assert kind.code != errors.GeoError.code, kind


def test_every_failure_is_expected_here():
    assert set(EXPECTED) == set(FAILURES)


@pytest.mark.parametrize("kind", FAILURES)
@pytest.mark.parametrize("before", ["api", "tiles"])
def test_machines_are_told_in_one_shape(failing, before, kind):
    answer = failing.get(f"/{before}/fail/{kind}")
    status, code = EXPECTED[kind]
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    assert set(answer.json()) == {"code", "description"}
    assert answer.json()["code"] == code
    assert SECRET not in answer.content.decode()
    assert ("Retry-After" in answer) == (status == 503)


@pytest.mark.parametrize("kind", FAILURES)
def test_people_are_told_on_a_page_that_needs_no_database(failing, kind):
    answer = failing.get(f"/fail/{kind}")
    assert answer.status_code == EXPECTED[kind][0]
    assert answer["Content-Type"].startswith("text/html")
    page = answer.content.decode()
    assert '<main class="nhsuk-main-wrapper" id="maincontent">' in page
    assert SECRET not in page
    assert "Traceback" not in page


def test_our_own_words_reach_the_person(failing):
    assert "There is no such tile." in failing.get("/fail/not-found").content.decode()
    assert "bbox: four numbers" in failing.get("/api/fail/bad-parameter").json()["description"]


def test_what_nobody_foresaw_is_logged_with_its_place(failing, caplog):
    failing.get("/fail/unforeseen?q=SO14 0AA")
    [record] = [record for record in caplog.records if record.name == "config.errors"]
    assert record.levelname == "ERROR"
    assert record.exc_info
    # What a person typed is in the query, which is not logged.
    assert record.getMessage() == "Unforeseen error at /fail/unforeseen"


def test_other_sites_may_read_a_refusal_of_the_api(failing):
    assert failing.get("/api/fail/missing")["Access-Control-Allow-Origin"] == "*"


def test_the_nearest_class_decides():
    assert status_of(errors.PlaceNotFound("x")) == 404
    assert status_of(ZeroDivisionError()) == 500


def test_an_address_that_is_not_there(client, db):
    assert client.get("/penguins/").status_code == 404
    assert client.get("/api/penguins").json()["code"] == "not-found"
    assert client.get("/penguins.json").json()["code"] == "not-found"
