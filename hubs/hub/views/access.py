"""Who may open the pages of a team: those who look after the hub, with their second factor."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hubs.hub.models import Hub
from hubs.hub.permissions import may_run
from pledges.accounts import second_factor

View = Callable[..., HttpResponse]
READS = ("GET", "HEAD")
FORM = (*READS, "POST")


def team_page(*methods: str) -> Callable[[View], View]:
    """For pages of the team of the hub in the address, which the view is given in its stead.

    An address without a hub is of what belongs to all of them together, and for operators.
    """

    def guard(view: View) -> View:
        @never_cache
        @require_http_methods(methods)
        @second_factor.required
        @wraps(view)
        def guarded(request: HttpRequest, *args, slug: str | None = None, **kwargs) -> HttpResponse:
            hub = get_object_or_404(Hub, slug=slug) if slug else None
            if not may_run(request.user, hub):
                raise PermissionDenied
            return view(request, hub, *args, **kwargs)

        return guarded

    return guard
