"""The demo's mails, for a visitor on the machine itself."""

import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pledges import outbox


@never_cache
@require_safe
def demo_outbox(request: HttpRequest) -> HttpResponse:
    """Show the mails of the demo; there is no such page elsewhere, nor for anybody from outside."""
    if not settings.DEMO_OUTBOX or not _from_here(request):
        raise Http404
    return render(request, "confirm/outbox.html", {"mails": outbox.newest()})


def _from_here(request: HttpRequest) -> bool:
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
