"""Signing in by a code: alike for every address, limited, and never on to another site."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from pledges.accounts import rate_limits

SIGN_IN, CODE = "/accounts/login/", "/accounts/login/code/"


def asked(client, email, **more):
    return client.post(SIGN_IN, {"email": email, **more})


def typed(client, post, **more):
    code = re.search(r"Your code: (\S+)", post()[0].text)[1]
    return client.post(CODE, {"code": code, **more})


def test_the_code_signs_in(client, alice, post):
    assert asked(client, "Alice@example.org").headers["Location"] == CODE
    answer = typed(client, post)
    assert answer.headers["Location"] == reverse("mine")
    assert client.get("/mine/").context["user"] == alice


def test_an_unknown_address_is_answered_alike(client, alice, post):
    pages = []
    for email in (alice.email, "nobody@example.org"):
        answer = asked(client, email)
        assert answer.headers["Location"] == CODE
        page = client.get(CODE).content.decode()
        assert email in page
        once = r"(nonce=|csrfmiddlewaretoken\" value=)\"\S+\""
        pages.append(re.sub(once, "", page.replace(email, "")))
    assert pages[0] == pages[1]
    code, none = post()
    assert code.code
    assert "Your code" not in none.text
    assert none.message["Subject"] == "No account with this address"


def test_a_blocked_person_gets_no_code(client, alice, post):
    alice.is_active = False
    alice.save()
    asked(client, alice.email)
    (received,) = post()
    assert "Your code" not in received.text


def test_five_wrong_codes_end_it(client, alice, post):
    asked(client, alice.email)
    for _ in range(4):
        assert client.post(CODE, {"code": "AAAA-AAAA"}).status_code == 200
    assert client.post(CODE, {"code": "AAAA-AAAA"}).status_code == 302
    typed(client, post)
    assert client.get("/mine/").status_code == 302


def test_a_code_expires(client, alice, post, settings):
    asked(client, alice.email)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    assert typed(client, post).headers["Location"] == SIGN_IN
    assert client.get("/mine/").status_code == 302


def test_a_code_is_for_the_browser_that_asked(client, alice, post):
    asked(client, alice.email)
    other = type(client)()
    asked(other, "nobody@example.org")
    code = post()[0].code
    assert other.post(CODE, {"code": code}).status_code == 200
    assert other.get("/mine/").status_code == 302


def test_mails_to_one_address_are_limited(client, alice, post):
    for _ in range(rate_limits.MAILS_TO_ADDRESS.most):
        assert asked(client, alice.email).status_code == 302
    refused = asked(client, alice.email)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert 'value="alice@example.org"' in refused.content.decode()
    assert len(post()) == rate_limits.MAILS_TO_ADDRESS.most


def test_codes_from_one_network_are_limited(client, alice):
    asked(client, alice.email)
    for _ in range(rate_limits.CODES_FROM_NETWORK.most):
        rate_limits.take(rate_limits.CODES_FROM_NETWORK, "127.0.0.1/32")
    assert client.post(CODE, {"code": "AAAA-AAAA"}).status_code == 429


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"],
)
def test_it_leads_to_no_other_site(client, alice, post, elsewhere):
    asked(client, alice.email, next=elsewhere)
    assert typed(client, post, next=elsewhere).headers["Location"] == reverse("mine")


def test_nor_by_the_name_in_the_host_header(client, alice, post):
    """The test settings answer to any name; the mail and the way on keep to the site's own."""
    evil = "https://evil.example/mine/"
    client.post(SIGN_IN, {"email": alice.email, "next": evil}, headers={"host": "evil.example"})
    (received,) = post()
    assert "evil" not in str(received.message) + received.text + received.html
    answer = client.post(
        CODE, {"code": received.code, "next": evil}, headers={"host": "evil.example"}
    )
    assert answer.headers["Location"] == reverse("mine")


def test_it_leads_on_within_the_site(client, alice, post):
    asked(client, alice.email)
    assert typed(client, post, next="/mine/delete/").headers["Location"] == "/mine/delete/"


def test_opening_the_page_signs_nobody_out(signed_in, alice):
    client = signed_in(alice)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/mine/").status_code == 200
    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert client.get("/mine/").status_code == 302


def test_there_are_no_passwords(client, db):
    for path in ("password/reset/", "password/change/", "password/set/", "email/"):
        assert client.get(f"/accounts/{path}").status_code == 404


def test_forms_of_other_sites_are_refused(alice):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SIGN_IN, {"email": alice.email}).status_code == 403
