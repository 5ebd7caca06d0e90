"""Decorators for pages of those who write for an employer, and of operators."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pledges.accounts import second_factor
from pledges.accounts.identity import person, signed_in
from pledges.accounts.permissions import needs_second_factor
from pledges.employers.permissions import may_write
from pledges.organisations.views import organisation_of

View = Callable[..., HttpResponseBase]
READS = ("GET", "HEAD")
FORM = (*READS, "POST")


def desk_page(*methods: str) -> Callable[[View], View]:
    """For editors and approvers of the employer in the address, and operators.

    The view gets a `SignedInRequest` and the employer. Whoever needs a second factor elsewhere
    must have shown it.
    """

    def decorator(view: View) -> View:
        @never_cache
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request: HttpRequest, code: str, **kwargs: Any) -> HttpResponseBase:
            who = person(request)
            if who is None:
                return redirect_to_login(request.get_full_path())
            employer = organisation_of(code)
            if not may_write(who, employer):
                raise PermissionDenied
            refusal = second_factor.refusal(request) if needs_second_factor(who) else None
            return refusal or view(request, employer, **kwargs)

        return guarded

    return decorator


def operator_page(*methods: str) -> Callable[[View], View]:
    """For operators who have shown their second factor. The view gets a `SignedInRequest`."""

    def decorator(view: View) -> View:
        @require_http_methods(methods)
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if refusal := second_factor.refusal(request):
                return refusal
            if not signed_in(request).is_operator:
                raise PermissionDenied
            return view(request, **kwargs)

        return guarded

    return decorator
