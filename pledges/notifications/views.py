"""Links in mails that end mails of a kind, and the demo's outbox."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pledges.accounts.models import User
from pledges.notifications import outbox
from pledges.notifications.unsubscribe import LinkEnded, StopLink


@never_cache
@require_safe
def demo_outbox(request: HttpRequest) -> HttpResponse:
    """Show the mails of the demo; there is no such page elsewhere, nor for anybody from outside."""
    if not settings.DEMO_OUTBOX or not _from_here(request):
        raise Http404
    return render(request, "pledges/notifications/outbox.html", {"mails": outbox.newest()})


def _from_here(request: HttpRequest) -> bool:
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def stop_page(
    link: StopLink,
    stop: Callable[[User], None],
    stopped: Callable[[User], bool],
    template: str,
) -> Callable[[HttpRequest, str], HttpResponse]:
    """Return the view that stops one kind of mail, by its button or by one click in a mail program.

    Opening it changes nothing: mail programs open links by themselves.
    """

    # A mail program that unsubscribes for its reader has no page of ours to take a token from, and
    # sends no cookies (RFC 8058, 3.2): what the signed link says is all that is known.
    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def off(request: HttpRequest, token: str) -> HttpResponse:
        try:
            person = link.read(token)
        except LinkEnded:
            return render(request, "pledges/pledging/link_ended.html", status=410)
        if request.method == "POST":
            stop(person)
        return render(request, template, {"stopped": stopped(person)})

    return off
