"""Signing in with a second factor, as a telephone's app computes its codes."""

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.test import Client

from pledges.accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_factor(person: User) -> None:
    """Set up a telephone with a known secret, and recovery codes."""
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        auth.TOTP.activate(person, SECRET)
        RecoveryCodes.activate(person)


def code(secret: str = SECRET, later: int = 0) -> str:
    """The code that the app shows now, or so many half minutes later."""
    *_, counter, _ = auth.yield_hotp_counters_from_time()
    return auth.format_hotp_value(auth.hotp_value(secret, counter + later))


def sign_in(client: Client, person: User) -> Client:
    """A browser in which somebody is signed in and has shown their second factor."""
    give_factor(person)
    client.force_login(person)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": 0}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()
    return client
