"""Operators at their desks."""

import pytest
from django.test import Client

from pledges.accounts.models import Grant, User
from tests import second_factors


@pytest.fixture
def olga(database) -> User:
    """An operator."""
    person = User.objects.create_user("olga@example.org", name="Olga")
    Grant.objects.create(person=person, role=Grant.Role.OPERATOR)
    return person


@pytest.fixture
def desk(olga) -> Client:
    """The browser of an operator who has shown her second factor."""
    return second_factors.sign_in(Client(), olga)
