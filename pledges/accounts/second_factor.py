"""The second factor that operators and stewards sign in with: a code of a telephone's app."""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pledges.accounts.models import User
from pledges.accounts.permissions import needs_second_factor

View = Callable[..., HttpResponse]


def has_second_factor(person: User) -> bool:
    """Whether they have set one up; recovery codes alone are none."""
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def was_shown(request: HttpRequest) -> bool:
    """Whether this session has shown it: one that began before it was set up has not."""
    return any(
        record["method"] == "mfa" for record in get_authentication_records(request, request.user)
    )


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Return where somebody must go before a page of operators and stewards, or None: go on.

    Raises PermissionDenied for who is signed in and is neither.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not needs_second_factor(request.user):
        raise PermissionDenied
    if not has_second_factor(request.user):
        messages.info(
            request,
            _(
                "What you can do here reaches other people, so you need a second way to show that"
                " it is you. Set it up now; it takes two minutes."
            ),
        )
        return _by_way_of("mfa_activate_totp", request)
    if not was_shown(request):
        return _by_way_of("mfa_reauthenticate", request)
    return None


def required(view: View) -> View:
    """For pages of operators and stewards: signed in, with a grant and with the second factor.

    Which of them may do what is for the view to ask of `pledges.accounts.permissions`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return refusal(request) or view(request, *args, **kwargs)

    return guarded


def _by_way_of(name: str, request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse(name)}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")
