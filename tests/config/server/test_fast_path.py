"""The short way: what it leaves out, and that what goes wrong is told as everywhere."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import override_settings

from config.server.fast_path import FastPathMiddleware
from tests.processes import locked


@pytest.fixture
def whole_way() -> list[str]:
    """Addresses that were asked of what stands behind the short way."""
    return []


@pytest.fixture
def answer(whole_way, rf):
    def behind(request) -> HttpResponse:
        whole_way.append(request.path)
        return HttpResponse(status=418)

    return lambda path, **headers: FastPathMiddleware(behind)(rf.get(path, **headers))


def test_sessions_languages_forms_and_people_stand_behind_it():
    names = settings.MIDDLEWARE
    behind = " ".join(names[names.index("config.server.fast_path.FastPathMiddleware") + 1 :])
    for word in ("sessions", "locale", "csrf", "auth", "messages", "audit", "account"):
        assert word in behind


def test_a_tile_goes_past_them_with_its_length(ground, answer, whole_way):
    found = answer("/tiles/pledges/0/0/0.json")
    assert found.status_code == 200
    assert int(found["Content-Length"]) == len(found.content) > 0
    assert whole_way == []


def test_the_search_for_places_goes_past_them_in_the_language_of_the_reader(
    ground, answer, whole_way, settings
):
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Welsh")]
    found = answer("/api/reverse?lon=-1.40&lat=50.90", HTTP_ACCEPT_LANGUAGE="cy")
    assert found.status_code == 200
    assert found["Content-Language"] == "cy"
    assert whole_way == []


def test_what_took_too_long_is_not_asked_again(committed, ground, answer, whole_way, settings):
    settings.STATEMENT_TIMEOUT_MS = 50
    with locked("geo_place"):
        found = answer("/api/reverse?lon=-1.40&lat=50.90")
    assert found.status_code == 503
    assert b"too-slow" in found.content
    assert whole_way == []


@pytest.mark.parametrize(
    "path", ["/tiles/penguins/0/0/0.json", "/tiles/pledges/0/9/0.json", "/tiles/?x=1", "/pledges/"]
)
def test_what_is_no_tile_goes_the_whole_way(ground, answer, whole_way, path):
    assert answer(path).status_code == 418
    assert whole_way == [path.partition("?")[0]]


@override_settings(ALLOWED_HOSTS=["localhost"])
def test_a_name_that_is_not_ours_goes_the_whole_way(ground, answer, whole_way):
    answer("/tiles/pledges/0/0/0.json", HTTP_HOST="elsewhere.example")
    assert len(whole_way) == 1


def test_the_answer_has_the_headers_of_all_answers(ground, client):
    headers = client.get("/tiles/pledges/0/0/0.json").headers
    assert {"X-Frame-Options", "X-Content-Type-Options", "Content-Security-Policy"} <= set(headers)
