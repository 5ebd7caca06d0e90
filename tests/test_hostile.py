"""Every address of the site, and everything that should not be sent to it.

The answer is a refusal in the one shape or, for what is merely odd, a clean page: never a failure,
and never what was sent as HTML. What the API's items are asked is tried in `tests.geo.ogcapi` in
depth.
"""

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote
from zlib import crc32

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from config.errors import JSON_FILES, JSON_PATHS
from hubs.conversation import loaders as loading
from hubs.conversation.actions import make_post
from hubs.conversation.models.posts import Post, PostCounts
from hubs.conversation.models.themes import Theme
from pledges.counts.worker import fold_all
from tests.factories import draw_ground, make_pledge
from tests.forms import FORMS, SEARCHES, SIGNED

HTML = "<script>alert(7)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(7)>"
HOSTILE = {
    "empty": "",
    "nan": "nan",
    "infinity": "-inf",
    "NUL": "%00",
    "NUL inside": "SO14%00AA",
    "invalid UTF-8": "%ff%fe",
    "surrogate": "%ed%a0%80",
    "control": "%01%1b%0d%0aX-Evil:1",
    "SQL": quote("'; drop table pledges_pledge; --"),
    "SQL sleep": quote("1); select pg_sleep(10); --"),
    "HTML": quote(HTML),
    "breakout": quote(BREAKOUT),
    "template": quote("{{ settings.SECRET_KEY }}{% debug %}"),
    "format": quote("%s %(x)s {} {0.__class__}"),
    "tsquery": quote('"a & !b | (c <-> d)" -or or or ('),
    "like": quote("%_\\"),
    "huge number": "9" * 400,
    "beyond bigint": str(2**63),
    "negative": "-1",
    "exponent": "1e999",
    "path": quote("../../etc/passwd", safe=""),
    "10 KB": "x" * 10_240,
    "10 KB of commas": "," * 10_240,
    "box": "-4,nan,0,inf",
}
GOOD = {
    "layer": "pledges",
    "z": "0",
    "x": "0",
    "y": "0",
    "name": "pledges",
    "code": "RXA",
    "theme": "care",
    "who": "team",
    "i_am": "nhs",
    "organisation": "RXA",
    "area": "Y58",
    "status": "open",
    "kind": "idea",
    "answered": "no",
    "sort": "newest",
    "since": "2014-03-03",
    "ids": "1,2",
    "until": "2014-03-03",
    "q": "SO14",
    "bbox": "-4,50,0,52",
    "limit": "1",
    "cursor": "",
    "page": "1",
    "after": "",
    "show": "none",
    "lat": "51",
    "lon": "-3",
    "postcode": "SO14 0AA",
    "place": "SO14",
    "v": "1",
    "f": "json",
    "near": "SO14",
    "zoom": "5",
    "datetime": "2014-03-03",
    "crs": "x",
    "lang": "en",
    "token": "x",
    "object_id": "1",
    "number": "ABCD-EFGH-3467",
    "period": "2026-q1",
    "edition": "1",
    "verb": "like",
    "slug": "pledge",
    "form": "csv",
}
# No use, a way on to signing in, somebody else's, nothing there, a form to post, a link too old.
REFUSED = (302, 400, 403, 404, 405, 410)
PART = re.compile(r"<(?:\w+:)?(\w+)>")


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for found in resolver.url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLPattern):
            yield route
        else:
            yield from routes(found, route)


ROUTES = sorted(set(routes(get_resolver())))
ADMIN = ("admin/", "admin/login/", "admin/pledges/pledge/<path:object_id>/change/")
TRIED = [route for route in ROUTES if not route.startswith("admin/") or route in ADMIN]
PARAMETERS = [
    *("theme", "who", "i_am", "organisation", "area", "status", "since", "until", "q", "bbox"),
    *("limit", "cursor", "page", "after", "show", "lat", "lon", "postcode", "place", "v", "f"),
    *("near", "zoom", "datetime", "ids", "kind", "answered", "sort"),
]


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def parts(shared) -> dict[str, str]:
    """Parts of an address that are there; the pledge's own words are hostile too."""
    ground = draw_ground()
    hostile = {"display_name": BREAKOUT, "organisation": ground.hospital, "team": HTML}
    made = make_pledge(ground, f"I will {HTML} listen.", **hostile)
    write_post(made.pk, text=f"More {HTML} lockers.", display_name=BREAKOUT, role=HTML)
    fold_all()
    return {**GOOD, "pk": str(made.pk), "morton": str(made.morton), "key": str(made.pk)}


def write_post(key: int, **words: str) -> None:
    """Write a post under the number of the pledge, so that one address is good for both."""
    loading.load(lambda said: None, force=True)
    theme = Theme.objects.get(number=1)
    post = make_post(theme=theme, kind=Post.Kind.IDEA, show=Post.Show.NONE, **words)
    if post.pk != key:
        Post.objects.filter(pk=post.pk).update(id=key)
        PostCounts.objects.filter(post=post.pk).update(post=key)


def address(route: str, parts: dict[str, str], **others: str) -> str:
    return "/" + PART.sub(lambda part: (parts | others)[part.group(1)], route)


@pytest.fixture
def ask(client: Client) -> Callable[[str], HttpResponse]:
    """Ask, and look at what every answer must keep to."""

    def get(path: str) -> HttpResponse:
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        where = path[:200]
        # Without a worker beside the tests the site is not ready, and says so.
        assert answer.status_code < 500 or path.startswith("/readyz"), where
        assert answer["X-Content-Type-Options"] == "nosniff", where
        kind = answer.get("Content-Type", "")
        if kind.startswith("text/html"):
            text = body.decode()
            assert HTML not in text, where
            assert "<img src=x" not in text, where
            policy = answer["Content-Security-Policy"]
            assert "script-src 'self'" in policy, where
            assert "unsafe" not in policy, where
        plain = path.partition("?")[0]
        if answer.status_code >= 400 and (
            plain.startswith(JSON_PATHS) or plain.endswith(JSON_FILES)
        ):
            told = answer.json()
            assert set(told) - {"checks"} == {"code", "description"}, where
            assert len(told["description"]) < 600, where
        return answer

    return get


def a_quarter(*of: str) -> list[str]:
    """Some of what is hostile: each address has others, and together they have all."""
    return list(HOSTILE.values())[crc32("".join(of).encode()) % 4 :: 4]


def test_every_address_is_tried():
    assert len(ROUTES) > 20
    assert {"", "api/collections/<str:name>/items", "spots/<int:morton>/"} <= set(ROUTES)


@pytest.mark.parametrize("route", TRIED)
def test_every_part_of_an_address_may_be_anything(route, parts, ask):
    names = PART.findall(route)
    assert ask(address(route, parts)).status_code in (200, 503, *REFUSED)
    for name in names:
        for value in a_quarter(route, name):
            answer = ask(address(route, parts, **{name: value}))
            assert answer.status_code in (200, 301, *REFUSED)


@pytest.mark.parametrize("route", TRIED)
def test_every_parameter_may_be_anything(route, parts, ask):
    path = address(route, parts)
    reads_none = ask(f"{path}?penguins=1").status_code in (200, 503)
    for name in ["q"] if reads_none else PARAMETERS:
        if ask(f"{path}?{name}={GOOD[name]}").status_code in (403, 404, 405, 410):
            continue
        odd = ask(f"{path}?{name}={HOSTILE['NUL']}")
        known = b"Unknown parameter" not in getattr(odd, "content", b"")
        for value in a_quarter(route, name) if known else ():
            answer = ask(f"{path}?{name}={value}")
            assert answer.status_code in (200, 302, 304, 400, 404, 422, 503), (
                path,
                name,
                value[:40],
            )


@pytest.mark.parametrize("route", TRIED)
def test_names_of_parameters_may_be_anything(route, parts, ask):
    path = address(route, parts)
    for value in a_quarter(route):
        answer = ask(f"{path}?{value}={value}")
        assert answer.status_code in (200, 503, *REFUSED), value[:40]


@pytest.mark.parametrize("route", TRIED)
def test_nothing_is_written_through_an_address(route, parts, client):
    for method in ("post", "put", "patch", "delete", "trace"):
        if method == "post" and (route in SEARCHES or route in FORMS | SIGNED):
            continue
        answer = getattr(client, method)(address(route, parts))
        if route in ADMIN:
            assert "/login/?next=" in answer["Location"], method
            continue
        assert answer.status_code == 405, method
        assert "POST" in answer["Allow"] or "GET" in answer["Allow"], method


@pytest.mark.parametrize("route", FORMS)
def test_forms_of_other_sites_are_refused(route, parts, alice):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    assert strict.post(address(route, parts), dict.fromkeys(FORMS[route], "1")).status_code == 403


@pytest.mark.parametrize("route", FORMS | SIGNED)
def test_forms_may_be_sent_anything(route, parts, alice, client):
    encoded = "application/x-www-form-urlencoded"
    for signed_in in (False, True):
        if signed_in:
            client.force_login(alice)
        for value in a_quarter(route, str(signed_in)):
            said = "&".join(f"{name}={value}" for name in (FORMS | SIGNED)[route]) or f"x={value}"
            answer = client.post(address(route, parts), said, content_type=encoded)
            assert answer.status_code < 500, value[:40]
            if answer.get("Content-Type", "").startswith("text/html"):
                assert HTML not in answer.content.decode()
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "evil" not in answer.headers.get("Location", "")


@pytest.mark.parametrize("path", ["/", "/pledges/?sort=nearest", "/hubs/"])
def test_a_search_may_be_anything(parts, client, path):
    form = "application/x-www-form-urlencoded"
    for value in a_quarter(path):
        asked = (f"place={value}", f"place=SO14&pick={value}", f"place=SO14&nearer={value}")
        for said in (*asked, f"{value}={value}", value):
            answer = client.post(path, said, content_type=form)
            assert answer.status_code in (200, 400), said[:40]
            assert HTML not in answer.content.decode()
            assert "<img src=x" not in answer.content.decode()


def test_the_database_is_as_it_was(parts, ask):
    """The SQL that was sent was words: the tables it named are there."""
    for value in ("SQL", "SQL sleep"):
        ask(f"/map/list/?q={HOSTILE[value]}")
    assert ask("/map/summary.json").json()["total"] == 1
