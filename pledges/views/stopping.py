"""Where the links of mails lead that say: no more of these."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pledges.models import User
from pledges.stopping import LinkEnded, StopLink


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
            return render(request, "doing/ended.html", status=410)
        if request.method == "POST":
            stop(person)
        return render(request, template, {"stopped": stopped(person)})

    return off
