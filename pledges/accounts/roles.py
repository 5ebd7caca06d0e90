"""Giving roles and taking them back; removing a second factor for somebody who lost it."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from pledges.accounts.audit import note
from pledges.accounts.models import Grant, User


class LastOperator(GeoError):
    """Nobody could give roles any more."""

    code = "last-operator"

    def __init__(self) -> None:
        super().__init__(_("This is the last operator: make another one first."))


def give(grant: Grant, *, by: User | None = None) -> Grant:
    """Write a new grant, with who gave it."""
    grant.given_by = by
    grant.save(force_insert=True)
    return grant


@transaction.atomic
def take_back(grant: Grant) -> None:
    """Remove a grant. Raises LastOperator for the only one of its kind."""
    if grant.role == Grant.Role.OPERATOR:
        # Locked, so that two operators cannot remove each other at once.
        operators = Grant.objects.select_for_update().filter(role=Grant.Role.OPERATOR)
        if not [other for other in operators if other.pk != grant.pk]:
            raise LastOperator
    grant.delete()


@transaction.atomic
def remove_factors(person: User, *, by: User | None = None) -> bool:
    """Remove a person's second factor and recovery codes; False where there was none."""
    factors = Authenticator.objects.filter(user=person)
    had = factors.filter(type=Authenticator.Type.TOTP).exists()
    factors.delete()
    if had:
        note(person, "second factor removed", by=by.pk if by else None)
    return had
