"""Registering for an event, and the private page of one's place."""

import base64

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from geo.core.errors import GeoError
from hubs.events import actions
from hubs.events.forms import RegisterForm
from hubs.events.mails import qr_svg
from hubs.events.models import Event, Registration
from pledges.accounts import rate_limits
from pledges.accounts.identity import person
from pledges.accounts.views.confirmation import sent

METHODS = ["GET", "HEAD", "POST"]
HONEYPOT = "website"  # a field that people do not see, and programs fill in


@never_cache
@require_http_methods(METHODS)
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """One form; who is signed in has a place at once, everybody else confirms by mail."""
    event = get_object_or_404(Event.objects.public().with_everything(), slug=slug)
    who = person(request)
    own = event.registrations.of(who).active().first() if who else None
    if own:
        return redirect(own)
    if not event.takes_registrations():
        return redirect("event", slug)
    posted = request.method == "POST"
    start = {"name": who.name} if who else {}
    form = RegisterForm(
        request.POST if posted else None, event=event, signed_in=who is not None, initial=start
    )
    if posted and form.is_valid():
        if request.POST.get(HONEYPOT):
            return sent(request, form.cleaned_data.get("email", ""))
        try:
            rate_limits.take(rate_limits.MAILS_FROM_NETWORK, rate_limits.network(request))
            given = form.cleaned_data
            email = who.email if who else given["email"]
            made = actions.register(
                event, name=given["name"], email=email, answers=form.answers(), person=who
            )
            return redirect(made) if who else sent(request, email)
        except GeoError as error:
            form.add_error(None, error.description)
    context = {
        "event": event,
        "form": form,
        "full": event.room == "none",
    }
    return render(request, "hubs/events/register.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(METHODS)
def registration(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's own registration, by the address in their mails; the button gives up the place."""
    row = Registration.objects.by_token(token)
    if not row or not row.event.public:
        raise Http404
    if request.method == "POST":
        if not row.event.started:
            actions.cancel_registration(row)
        return redirect(request.path)
    event = row.event
    show_code = row.placed and not event.online and not event.over and not event.cancelled
    picture = qr_svg(row) if show_code else b""
    context = {
        "row": row,
        "event": event,
        "show_code": show_code,
        "picture": base64.b64encode(picture).decode(),
        "links": event.links.all() if event.over else [],
        "may_give_up": row.state in row.ACTIVE and not event.started and not event.cancelled,
    }
    return render(request, "hubs/events/place.html", context)
