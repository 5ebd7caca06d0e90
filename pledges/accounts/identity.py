"""Who is asking, and whose account an e-mail address is."""

from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Lower
from django.http import HttpRequest

from pledges.accounts.models import User


def person(request: HttpRequest) -> User | None:
    """Return who is signed in, or None. Reads the session, so public JSON must not ask."""
    return request.user if request.user.is_authenticated else None


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in. Raises PermissionDenied where nobody is."""
    if found := person(request):
        return found
    raise PermissionDenied


def known(email: str) -> User | None:
    """Return the person with this address, however either is capitalised."""
    return User.objects.annotate(lower=Lower("email")).filter(lower=email.lower()).first()


def account_of(email: str) -> User:
    """Return the account of an address that was just confirmed; make it if there is none.

    Raises PermissionDenied where the account was blocked.
    """
    found = known(email)
    if not found:
        nobody_knows_it = {"password": make_password(None)}
        found, _ = User.objects.get_or_create(email=email.lower(), defaults=nobody_knows_it)
    if not found.is_active:
        raise PermissionDenied
    return found
