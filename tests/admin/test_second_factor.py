"""The second factor: set up, shown at each sign-in, lost and found."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import connection

from pledges.accounts.models import Grant, User
from tests import second_factors
from tests.pledges.accounts.conftest import (
    post,  # noqa: F401 - a fixture, found by its name
)

EVERYBODY = ("/accounts/2fa/", "/accounts/2fa/totp/activate/")


@pytest.fixture
def by_mail(client, post):  # noqa: F811 - the fixture imported above
    """Sign in by the code of a mail; answers where that leads."""

    def signed_in(person: User, to: str = "/admin/"):
        client.post("/accounts/login/", {"email": person.email, "next": to})
        (received,) = post()
        return client.post("/accounts/login/code/", {"code": received.code, "next": to})

    return signed_in


def test_an_operator_sets_it_up_on_the_way_to_the_admin(client, by_mail, olga):
    assert by_mail(olga)["Location"] == "/admin/"
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/2fa/totp/activate/")
    page = answer.content.decode()
    assert "reaches other people" in page
    secret = re.search(r"second-factor__key\">(\w+)<", page)[1]
    answer = client.post("/accounts/2fa/totp/activate/", {"code": second_factors.code(secret)})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    page = client.get(answer["Location"]).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    answer = client.get("/accounts/2fa/go-on/", follow=True)
    assert answer.request["PATH_INFO"] == "/admin/"
    assert answer.status_code == 200


def test_a_wrong_code_sets_nothing_up(client, by_mail, olga):
    by_mail(olga)
    client.get("/accounts/2fa/totp/activate/")
    answer = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "This code is not right" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_the_code_by_mail_alone_signs_no_operator_in(client, by_mail, olga):
    second_factors.give_factor(olga)
    assert by_mail(olga)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/mine/").status_code == 302
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    assert client.get("/mine/").status_code == 302
    right = client.post("/accounts/2fa/authenticate/", {"code": second_factors.code()})
    assert right["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_code_of_the_app_is_good_once(client, by_mail, olga):
    second_factors.give_factor(olga)
    code = second_factors.code()
    for accepted in (True, False):
        by_mail(olga)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert (client.get("/mine/").status_code == 200) is accepted
        client.post("/accounts/logout/")


def test_a_recovery_code_is_good_once(client, by_mail, olga):
    second_factors.give_factor(olga)
    row = Authenticator.objects.get(user=olga, type=Authenticator.Type.RECOVERY_CODES)
    code = RecoveryCodes(row).get_unused_codes()[3]
    for accepted in (True, False):
        by_mail(olga)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert (client.get("/mine/").status_code == 200) is accepted
        client.post("/accounts/logout/")


def test_guessing_ends_soon(client, by_mail, olga):
    second_factors.give_factor(olga)
    by_mail(olga)
    tried = [
        client.post("/accounts/2fa/authenticate/", {"code": f"{n:06}"}).status_code
        for n in range(11)
    ]
    assert tried[:10] == [200] * 10
    assert tried[10] == 429
    right = client.post("/accounts/2fa/authenticate/", {"code": second_factors.code()})
    assert right.status_code == 429


def test_a_session_that_began_before_must_show_it(client, olga):
    """Whoever reads an operator's mail may have signed in before there was a second factor."""
    client.force_login(olga)
    second_factors.give_factor(olga)
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/2fa/reauthenticate/?next=")
    answer = client.post(answer.redirect_chain[-1][0], {"code": second_factors.code()}, follow=True)
    assert answer.request["PATH_INFO"] == "/admin/"
    assert answer.status_code == 200


@pytest.mark.parametrize("address", EVERYBODY)
def test_anybody_may_have_one(client, alice, address):
    assert client.get(address).status_code == 302
    client.force_login(alice)
    assert client.get(address).status_code == 200


def test_who_removes_it_must_show_it(client, alice):
    second_factors.give_factor(alice)
    client.force_login(alice)
    answer = client.get("/accounts/2fa/totp/deactivate/")
    assert answer["Location"].startswith("/accounts/2fa/reauthenticate/")
    client.post(answer["Location"], {"code": second_factors.code()})
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.exists()


def test_what_the_telephone_shares_is_enciphered(olga):
    second_factors.give_factor(olga)
    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator")
        kept = "".join(row[0] for row in cursor.fetchall())
    assert len(kept) > 50
    assert second_factors.SECRET not in kept


def test_a_replaced_secret_key_locks_out_and_breaks_nothing(client, by_mail, olga, settings):
    second_factors.give_factor(olga)
    code = second_factors.code()
    settings.SECRET_KEY = "another"
    by_mail(olga)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200
    assert client.get("/mine/").status_code == 302


def test_stewards_and_nobody_else_are_asked(client, alice, ground, rf):
    steward = User.objects.create_user("stella@example.org")
    Grant.objects.create(person=steward, role=Grant.Role.STEWARD, area=ground.east)
    client.force_login(steward)
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/2fa/totp/activate/")
    client.force_login(alice)
    assert client.get("/admin/", follow=True).status_code == 403
