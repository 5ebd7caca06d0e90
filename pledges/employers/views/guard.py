"""Who may open an employer's desk: its editors and approvers, and operators."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pledges.accounts import second_factor
from pledges.accounts.permissions import needs_second_factor
from pledges.employers.permissions import may_write
from pledges.organisations.views import organisation_of

View = Callable[..., HttpResponse]
READS = ("GET", "HEAD")
FORM = (*READS, "POST")
# Also by the address of one that was merged into it: codes are printed, and stay on paper.
employer_of = organisation_of


def desk_page(*methods: str) -> Callable[[View], View]:
    """For pages of those who write for the employer in the address, which the view is given.

    Who needs a second factor elsewhere shows it here too.
    """

    def guard(view: View) -> View:
        @never_cache
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request: HttpRequest, code: str, *args, **kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            employer = employer_of(code)
            if not may_write(request.user, employer):
                raise PermissionDenied
            refused = needs_second_factor(request.user) and second_factor.refusal(request)
            return refused or view(request, employer, *args, **kwargs)

        return guarded

    return guard
