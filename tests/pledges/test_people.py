"""Accounts: an e-mail address is a person."""

import pytest
from django.db import IntegrityError, transaction

from pledges.accounts.models import Grant, User


def test_an_account_is_named_by_its_address(alice):
    assert str(alice) == "alice@example.org"
    assert User.objects.get_by_natural_key("alice@example.org") == alice


def test_one_address_is_one_account_however_it_is_capitalised(alice):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Alice@Example.org")


def test_the_host_of_an_address_is_kept_in_small_letters(db):
    assert User.objects.create_user("Dora@EXAMPLE.org").email == "Dora@example.org"


def test_without_a_password_nobody_signs_in_by_one(alice, bob):
    assert not alice.has_usable_password()
    bob.set_password("correct horse battery staple")
    assert bob.check_password("correct horse battery staple")


def test_an_account_needs_an_address(db):
    with pytest.raises(ValueError, match="e-mail address"):
        User.objects.create_user("")


def test_an_operator_may_everything_and_others_nothing(alice, bob):
    Grant.objects.create(person=alice, role=Grant.Role.OPERATOR)
    assert alice.is_staff
    assert alice.has_perm("pledges.change_pledge")
    assert not bob.is_staff
    assert not bob.has_perm("pledges.change_pledge")


def test_a_blocked_operator_may_nothing(alice):
    Grant.objects.create(person=alice, role=Grant.Role.OPERATOR)
    alice.is_active = False
    alice.save()
    assert not alice.is_staff
    assert not alice.has_module_perms("pledges")
