"""Confirming in a browser: opening changes nothing, buttons do, and nothing typed is lost."""

import pytest

from pledges.accounts.models import Confirmation, User
from pledges.pledging.models import Like

Kind = Confirmation.Kind
STRANGER = "dora@example.org"
HOSTILE = '<script>alert("x")</script>'


@pytest.fixture
def received(ask, pledge, alice):
    return ask(Kind.LIKE, STRANGER, pledge(HOSTILE, outcode="SO14", author=alice))


def test_opening_the_link_changes_nothing(client, received):
    before = list(Confirmation.objects.values())
    for method in (client.get, client.head, client.get):
        assert method(f"/confirm/{received.token}/").status_code == 200
    assert list(Confirmation.objects.values()) == before
    assert not User.objects.filter(email=STRANGER).exists()
    assert not Like.objects.exists()


def test_its_button_confirms_once(client, received):
    answer = client.post(f"/confirm/{received.token}/", follow=True)
    assert answer.redirect_chain == [("/confirm/done/", 302)]
    assert "You like this pledge" in answer.content.decode()
    assert Like.objects.get().person.email == STRANGER
    for method in (client.get, client.post):
        assert method(f"/confirm/{received.token}/").status_code == 410
    assert Like.objects.count() == 1


def test_confirming_signs_nobody_in(client, received):
    """A link is for one purpose; whoever was sent it by mistake gets into no account."""
    client.post(f"/confirm/{received.token}/")
    assert client.get("/mine/").status_code == 302


def test_the_code_confirms(client, received):
    answer = client.post("/confirm/", {"email": STRANGER, "code": received.code})
    assert answer.headers["Location"] == "/confirm/done/"
    assert Like.objects.count() == 1


@pytest.mark.parametrize("email", [STRANGER, "nobody@example.org"])
def test_a_wrong_code_is_answered_alike_and_keeps_what_was_typed(client, received, email):
    answer = client.post("/confirm/", {"email": email, "code": "AAAAAAAA"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'value="{email}"' in page
    assert 'value="AAAAAAAA"' in page
    assert "This code or link is not right" in page


def test_what_a_stranger_wrote_is_text_on_the_page(client, received):
    page = client.get(f"/confirm/{received.token}/").content.decode()
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("token", ["x", "0" * 3000, "%00", "..%2f", "%ff%fe"])
def test_other_links_are_refused(client, db, token):
    assert client.get(f"/confirm/{token}/").status_code in {404, 410}


@pytest.mark.parametrize("code", ["\x00", "é" * 40, "'; drop table --", "x" * 10_000])
def test_hostile_codes_are_refused(client, db, code):
    assert client.post("/confirm/", {"email": STRANGER, "code": code}).status_code == 400


def test_the_pages_are_kept_by_nobody(client, received):
    for path in (f"/confirm/{received.token}/", "/confirm/", "/accounts/login/"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_done_is_for_who_did_it(client, db):
    assert client.get("/confirm/done/").headers["Location"] == "/"


@pytest.mark.parametrize("path", ["/tiles/pledges/5/15/10.json", "/api", "/healthz"])
def test_tiles_and_api_know_no_sessions(signed_in, alice, path, ground, django_assert_num_queries):
    """No cookie is read or set, so one answer serves everybody."""
    with_cookie = signed_in(alice).get(path)
    assert with_cookie.status_code == 200
    assert "Cookie" not in with_cookie.headers.get("Vary", "")
    assert not with_cookie.cookies
