"""Forged requests: forms and frames of other sites, ways that lead off, names not ours."""

import re
import runpy

import pytest
from django.conf import settings as ours
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from config import errors
from pledges.accounts import confirmation
from pledges.accounts.models import Confirmation
from tests.project.tree import ROOT
from tests.test_hostile import ROUTES, parts
from tests.test_hostile import address as address_of

EVIL = "evil.example"
AWAY = (
    f"https://{EVIL}/",
    f"//{EVIL}/",
    f"/\\{EVIL}",
    f"http:///{EVIL}",
    f"javascript:alert('{EVIL}')",
)
NAMES = ("next", "url", "return", "redirect_to", "back")
PAGES = [route for route in ROUTES if not route.startswith("admin/")]
# Searches are posted without a token: they change nothing, and are shared between visitors. The
# pages that end reminders are asked by programs of mail (RFC 8058), and each address is the secret.
BARE = {
    *("pledges/map/finder.html", "includes/near.html", "pledges/wall/wall_nearer.html"),
    *("hubs/hub/index.html", "hubs/hub/search_result.html", "pledges/reminders/off.html"),
    "hubs/conversation/mails_off.html",
    *("pledges/employers/mails_off.html", "hubs/following/unsubscribed.html"),
}
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)

# Programs are told links by the name they asked by, which ALLOWED_HOSTS has let through.
BY_HOST = ("api",)

assert parts  # a fixture, asked for by name


def address(route: str, parts: dict[str, str]) -> str:
    return address_of(route, {"slug": "x", "kind": "pledge", **parts})


def body(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def test_every_form_that_is_posted_carries_the_token():
    found = {
        path.relative_to(ROOT / "templates").as_posix(): FORM.findall(path.read_text())
        for path in (ROOT / "templates").rglob("*.html")
    }
    bare = {name for name, forms in found.items() for form in forms if "csrf_token" not in form}
    assert sum(len(forms) for forms in found.values()) > 10
    assert bare == BARE


@pytest.mark.parametrize("route", PAGES)
def test_no_address_leads_away(route, parts, alice, client):
    path = address(route, parts)
    away = f"//{EVIL}/"
    given = dict.fromkeys(NAMES, away)
    for signed_in in (False, True):
        if signed_in:
            client.force_login(alice)
        for response in (client.get(path, given), client.post(path, given)):
            to = response.headers.get("Location", "")
            assert EVIL not in to.partition("?")[0]
            assert f'href="{away}' not in body(response)


@pytest.mark.parametrize("away", AWAY)
def test_signing_in_leads_on_within_the_site(client, alice, away):
    client.post("/accounts/login/", {"email": alice.email, "next": away})
    client.force_login(alice)
    response = client.get("/accounts/login/", {"next": away})
    assert response.status_code == 302
    assert EVIL not in response["Location"]


@pytest.mark.parametrize("route", PAGES)
def test_every_answer_is_guarded_and_names_no_host_but_ours(route, parts, settings):
    """The Host header is anybody's word: links, pictures and codes are made from SITE_URL."""
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(headers={"host": EVIL, "x-forwarded-host": EVIL})
    response = client.get(address(route, parts))
    if not route.startswith(BY_HOST):
        assert EVIL not in body(response)
    assert EVIL not in response.headers.get("Location", "")
    assert EVIL not in str(response.headers.get("Link", ""))
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy or "sandbox" in policy


@pytest.mark.parametrize("path", ["/", "/pledges/new/", "/api/", "/map/summary.json"])
@pytest.mark.parametrize("secure", [False, True])
def test_a_name_that_is_not_ours_is_refused_clearly(path, secure, settings, database):
    settings.ALLOWED_HOSTS = ["changemap.example"]
    response = Client().get(path, headers={"host": EVIL}, secure=secure)
    assert response.status_code == 400
    assert "does not answer to this name" in body(response)
    assert EVIL not in body(response)
    if errors.wants_json(response.wsgi_request):
        assert response.json()["code"] == "unknown-host"


def test_mails_name_no_host_but_ours(client, pledge, settings):
    settings.ALLOWED_HOSTS = ["*"]
    made = pledge()
    answer = client.post(
        f"/pledges/{made.pk}/like/", {"email": "dora@example.org"}, headers={"host": EVIL}
    )
    assert EVIL not in answer.headers.get("Location", "")
    row = Confirmation.objects.get()
    confirmation.emails.send_confirmation.func(row.pk)
    (sent,) = mail.outbox
    assert settings.SITE_URL in sent.body
    assert EVIL not in sent.message().as_string()


def test_cookies_are_for_this_site_alone(client, alice):
    token = client.get("/pledges/new/").cookies["csrftoken"]
    assert token["samesite"] == "Lax"
    client.post("/accounts/login/", {"email": alice.email})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"


def test_a_public_site_sends_cookies_over_tls_alone(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("SITE_URL", "https://changemap.example")
    production = runpy.run_module("config.settings.production")
    assert production["SESSION_COOKIE_SECURE"]
    assert production["CSRF_COOKIE_SECURE"]
    assert production["SECURE_SSL_REDIRECT"]
    assert production["SECURE_HSTS_SECONDS"] > 10_000_000


class TestTooLarge:
    """What is too large is said to be, before it fills anything."""

    def sent(self, client: Client, **how) -> HttpResponse:
        return client.post("/pledges/new/", **how)

    def refused(self, response: HttpResponse) -> None:
        assert response.status_code == 413
        assert "too large" in body(response)

    def test_words(self, client, ground):
        self.refused(self.sent(client, data={"text": "x" * (ours.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}))
        long = "text=" + "x" * (ours.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        form = "application/x-www-form-urlencoded"
        self.refused(self.sent(client, data=long, content_type=form))

    def test_fields(self, client, ground):
        many = {f"x{n}": "1" for n in range(ours.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
        self.refused(self.sent(client, data=many))

    def test_all_of_it(self, client, ground):
        """Told by its length alone: nothing of it was read."""
        response = client.generic(
            "POST", "/pledges/new/", b"", CONTENT_LENGTH=str(ours.LARGEST_REQUEST + 1)
        )
        self.refused(response)

    def test_a_program_is_told_so_in_the_one_shape(self, client, ground):
        many = {f"x{n}": "1" for n in range(ours.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
        response = client.post("/pledges/similar.json", many)
        assert response.status_code == 413
        assert response.json()["code"] == "too-large"
