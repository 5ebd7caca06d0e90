"""A code or a link of a mail: once, for one purpose, for a while; kept as digests alone."""

import datetime
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from pledges.accounts import confirmation, rate_limits
from pledges.accounts.confirmation import NotConfirmed
from pledges.accounts.models import Confirmation, User
from pledges.pledging.actions import OwnPledge
from pledges.pledging.models import Join, Like

Kind = Confirmation.Kind
STRANGER = "dora@example.org"


@pytest.fixture
def promised(pledge, alice):
    return pledge("I will listen.", outcode="SO14", author=alice)


def test_the_code_confirms_and_makes_the_account(ask, promised):
    received = ask(Kind.LIKE, STRANGER, promised)
    person = confirmation.confirm(confirmation.answer_by_code(STRANGER, received.code))
    assert person.email == STRANGER
    assert not person.has_usable_password()
    assert Like.objects.get().person == person


def test_the_code_may_be_typed_in_lower_case_with_spaces(ask, promised):
    code = ask(Kind.LIKE, STRANGER, promised).code.lower()
    assert confirmation.answer_by_code("Dora@Example.org", f" {code[:4]} {code[4:]} ")


def test_the_link_confirms_for_the_account_there_is(ask, promised, bob):
    received = ask(Kind.JOIN, "BOB@example.org", promised)
    assert confirmation.confirm(confirmation.answer_by_token(received.token)) == bob
    assert Join.objects.get().person == bob


def test_a_code_is_used_once(ask, promised):
    received = ask(Kind.LIKE, STRANGER, promised)
    found = confirmation.answer_by_code(STRANGER, received.code)
    confirmation.confirm(found)
    with pytest.raises(NotConfirmed):
        confirmation.confirm(found)
    with pytest.raises(NotConfirmed):
        confirmation.answer_by_code(STRANGER, received.code)
    with pytest.raises(NotConfirmed):
        confirmation.answer_by_token(received.token)


def test_a_code_is_for_one_address_and_one_purpose(ask, promised):
    received = ask(Kind.LIKE, STRANGER, promised)
    with pytest.raises(NotConfirmed):
        confirmation.answer_by_code("eve@example.org", received.code)
    confirmation.confirm(confirmation.answer_by_code(STRANGER, received.code))
    assert not Join.objects.exists()


@pytest.mark.parametrize(
    ("kind", "life"),
    [(Kind.PLEDGE, datetime.timedelta(days=7)), (Kind.JOIN, datetime.timedelta(hours=24))],
)
def test_it_expires(ask, promised, kind, life):
    received = ask(kind, STRANGER, promised)
    row = Confirmation.objects.get()
    assert abs(row.expires_at - row.created_at - life) < datetime.timedelta(minutes=1)
    Confirmation.objects.update(expires_at=timezone.now())
    with pytest.raises(NotConfirmed):
        confirmation.answer_by_token(received.token)
    with pytest.raises(NotConfirmed):
        confirmation.answer_by_code(STRANGER, received.code)
    with pytest.raises(NotConfirmed):
        confirmation.confirm(row)


def test_after_ten_wrong_codes_only_the_link_is_left(ask, promised):
    received = ask(Kind.LIKE, STRANGER, promised)
    for _ in range(10):
        with pytest.raises(NotConfirmed):
            confirmation.answer_by_code(STRANGER, "AAAAAAAA")
    with pytest.raises(NotConfirmed):
        confirmation.answer_by_code(STRANGER, received.code)
    assert confirmation.answer_by_token(received.token)


def test_wrong_codes_count_under_concurrency(committed, ask, promised):
    """Each try is counted before the next is looked at: parallel guesses are no way around."""
    ask(Kind.LIKE, STRANGER, promised)

    def guess(_: int) -> bool:
        try:
            confirmation.answer_by_code(STRANGER, "AAAAAAAA")
        except NotConfirmed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(guess, range(16)))
    assert Confirmation.objects.get().tries == 10


def test_no_secret_is_kept(post, promised):
    """Neither the table nor the queue holds what the mail says."""
    confirmation.ask(Kind.LIKE, STRANGER, promised)
    queued = json.dumps(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    (received,) = post()
    kept = serializers.serialize("json", Confirmation.objects.all())
    for secret in (received.code, received.token):
        assert secret not in kept
        assert secret not in queued
    assert not DBTaskResult.objects.exists()


def test_a_blocked_account_confirms_nothing(ask, promised, bob):
    received = ask(Kind.LIKE, bob.email, promised)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        confirmation.confirm(confirmation.answer_by_token(received.token))
    assert Confirmation.objects.get().used_at is None
    assert not Like.objects.exists()


def test_what_fails_changes_nothing(ask, promised, alice):
    """The author cannot like a pledge of their own: the confirmation stays unused."""
    received = ask(Kind.LIKE, alice.email, promised)
    with pytest.raises(OwnPledge):
        confirmation.confirm(confirmation.answer_by_token(received.token))
    assert Confirmation.objects.get().used_at is None


def test_one_address_gets_few_mails(post, promised):
    for _ in range(rate_limits.MAILS_TO_ADDRESS.most):
        confirmation.ask(Kind.LIKE, STRANGER, promised)
    with pytest.raises(rate_limits.TooMany):
        confirmation.ask(Kind.LIKE, STRANGER.upper(), promised)
    assert len(post()) == rate_limits.MAILS_TO_ADDRESS.most


def test_two_browsers_confirm_at_once(committed, ask, promised):
    """Of eight that press the button together, one does it."""
    found = confirmation.answer_by_token(ask(Kind.JOIN, STRANGER, promised).token)

    def press(_: int) -> bool:
        try:
            confirmation.confirm(found)
        except NotConfirmed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 1
    assert Join.objects.count() == 1
    assert User.objects.filter(email=STRANGER).count() == 1
