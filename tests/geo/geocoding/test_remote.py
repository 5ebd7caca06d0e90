"""The remote geocoder: asked last and seldom, told little, and missed by nobody when it is down."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderTimedOut

from geo.core.errors import GeocoderUnavailable
from geo.geocoding import chain, remote
from geo.geocoding.parsing import parse
from geo.geocoding.remote import Remote
from geo.geocoding.results import Kind

pytestmark = pytest.mark.usefixtures("country")

HEADINGLEY = {"display_name": "Headingley, Leeds", "lat": "53.8197", "lon": "-1.5816"}
PARIS = {"display_name": "Paris, France", "lat": "48.85", "lon": "2.35"}


class Service(BaseSyncAdapter):
    """A Nominatim in memory, which remembers what it was asked."""

    def __init__(self, *answers: dict, error: Exception | None = None) -> None:
        super().__init__(proxies=None, ssl_context=None)
        self.answers, self.error = list(answers), error
        self.asked: list[dict] = []

    def get_json(self, url, *, timeout, headers):
        self.asked.append({**parse_qs(urlsplit(url).query), "agent": headers["User-Agent"]})
        if self.error:
            raise self.error
        return json.loads(json.dumps(self.answers))

    get_text = get_json

    def door(self, *, proxies, ssl_context) -> "Service":
        return self


@pytest.fixture(autouse=True)
def _configured(settings):
    settings.REMOTE_GEOCODER = "nominatim"
    settings.REMOTE_GEOCODER_OPTIONS = '{"domain": "nominatim.example.org"}'
    cache.clear()
    yield
    cache.clear()


def ask(service: Service, words: str) -> list:
    # Each question of a test has a second of its own, as after a while it would.
    cache.delete("geocoder-turn")
    return Remote(adapter_factory=service.door).find(parse(words), 10)


def test_an_address_is_found_and_its_areas_are_ours():
    (found,) = ask(Service(HEADINGLEY), "headingley lane")
    assert (found.label, found.kind, found.approximate) == (
        "Headingley, Leeds",
        Kind.ADDRESS,
        True,
    )
    assert (found.district.code, found.region.code) == ("E08000035", "Y63")


def test_it_is_told_who_asks_and_to_stay_on_these_islands():
    service = Service(HEADINGLEY)
    ask(service, "headingley lane")
    (asked,) = service.asked
    assert asked["q"] == ["headingley lane"]
    assert asked["countrycodes"] == ["gb,im,je,gg"]
    assert asked["agent"].startswith("changemap (http")


def test_places_outside_the_country_are_left_out():
    assert ask(Service(PARIS), "boulevard saint michel") == []


@pytest.mark.parametrize(
    "words", ["SO14 0AA", "ZZ9 9ZZ", "SO14", "50.9, -1.4", "SU 41 13", "E06000045", "", "?"]
)
def test_postcodes_coordinates_and_codes_are_never_sent(words):
    service = Service(HEADINGLEY)
    assert ask(service, words) == []
    assert service.asked == []


def test_the_same_words_are_asked_once():
    service = Service(HEADINGLEY)
    assert ask(service, "Headingley Lane") == ask(service, "headingley  LANE")
    assert len(service.asked) == 1


def test_that_nothing_was_found_is_kept_too():
    service = Service()
    assert ask(service, "nowhere lane") == ask(service, "nowhere lane") == []
    assert len(service.asked) == 1


def test_one_question_a_second_for_the_whole_site(monkeypatch):
    monkeypatch.setattr(remote, "LONGEST_WAIT", 0.0)
    service = Service(HEADINGLEY)
    ask(service, "headingley lane")
    with pytest.raises(GeocoderUnavailable):
        Remote(adapter_factory=service.door).find(parse("kirkstall road"), 10)
    assert len(service.asked) == 1


def test_a_service_that_does_not_answer_is_named_unavailable_and_asked_again():
    with pytest.raises(GeocoderUnavailable):
        ask(Service(error=GeocoderTimedOut("too late")), "headingley lane")
    assert len(ask(Service(HEADINGLEY), "headingley lane")) == 1


def test_no_setting_no_service(settings):
    settings.REMOTE_GEOCODER = ""
    assert Remote().find(parse("headingley lane"), 10) == []


@pytest.mark.parametrize(
    ("service", "options"),
    [
        ("no-such-service", ""),
        ("nominatim", "{"),
        ("nominatim", '{"colour": "red"}'),
        ("nominatim", "[]"),
    ],
)
def test_a_wrong_setting_is_named(settings, service, options):
    settings.REMOTE_GEOCODER, settings.REMOTE_GEOCODER_OPTIONS = service, options
    with pytest.raises(ImproperlyConfigured, match="REMOTE_GEOCODER"):
        Remote()


class Recording(Remote):
    """The remote finder as a site would configure it, with the service above behind it."""

    service = Service(HEADINGLEY)

    def __init__(self) -> None:
        super().__init__(adapter_factory=self.service.door)


@pytest.fixture
def site(settings) -> Service:
    finders = ["geo.geocoding.gazetteer.Gazetteer", f"{__name__}.Recording"]
    settings.REGISTRIES = {**settings.REGISTRIES, "FINDERS": finders}
    Recording.service.asked.clear()
    return Recording.service


def test_it_is_asked_only_when_the_gazetteer_knows_nothing(site):
    assert chain.locate("Leeds").kind == Kind.PLACE
    assert site.asked == []
    assert chain.locate("qwertyuiop lane").kind == Kind.ADDRESS
    assert len(site.asked) == 1


def test_words_half_typed_are_never_sent(site):
    chain.suggest("qwertyuiop")
    assert site.asked == []


def test_a_visitor_is_told_when_the_wider_search_is_down(client, site, monkeypatch):
    monkeypatch.setattr(site, "error", GeocoderTimedOut("too late"))
    answer = client.get("/api/geocode", {"q": "qwertyuiop lane"})
    assert (answer.status_code, answer.json()["code"]) == (503, "geocoder-unavailable")
    assert client.get("/api/geocode", {"q": "Leeds"}).status_code == 200
