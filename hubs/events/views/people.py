"""Who comes to an event: the list, the same as CSV, and check-in. For its organisers alone."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from geo.core import params
from geo.core.csv import download, dumps
from hubs.events import actions
from hubs.events.forms import CodeForm
from hubs.events.models import Event, RegistrationQuerySet
from hubs.events.permissions import organiser_of_event
from hubs.events.times import local

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@organiser_of_event
def people(request: HttpRequest, event: Event) -> HttpResponse:
    """All who have a place or wait, with their answers; a button checks somebody in, or out."""
    if request.method == "POST":
        key = params.integer("who", request.POST.get("who", ""), 1, 2**63 - 1)
        row = get_object_or_404(event.registrations, pk=key)
        try:
            actions.check_in(row, present=request.POST.get("here") == "1")
        except actions.NotNow as error:
            messages.warning(request, error.description)
        return redirect(f"{request.path}#who-{key}")
    rows = list(_rows(event))
    context = {
        "event": event,
        "placed": sorted((row for row in rows if row.placed), key=lambda row: row.name.lower()),
        "waiting": [row for row in rows if row.waiting],
    }
    return render(request, "hubs/events/people.html", context)


@require_safe
@organiser_of_event
def people_csv(request: HttpRequest, event: Event) -> HttpResponse:
    """The same list as CSV, in which no cell is a formula."""
    questions = list(event.questions.all())
    names = [_("Name"), _("E-mail"), _("State"), _("Code"), _("Confirmed"), _("Checked in")]
    lines = [[*names, *(question.text for question in questions)]]
    for row in _rows(event):
        answers = {answer.question_id: answer.text for answer in row.answers.all()}
        known = [row.name, row.email, row.get_state_display(), row.code]
        times = [_minute(row.confirmed_at), _minute(row.checked_in_at)]
        given = [answers.get(question.pk, "") for question in questions]
        lines.append([*map(str, [*known, *times]), *given])
    return download(dumps(lines), f"{event.slug}.csv")


@require_http_methods(METHODS)
@organiser_of_event
def check_in(request: HttpRequest, event: Event) -> HttpResponse:
    """Check people in by code. The QR code in a mail opens this page with its code filled in."""
    posted = request.method == "POST"
    form = CodeForm(
        request.POST if posted else None, initial={"code": request.GET.get("code", "")[:20]}
    )
    came = None
    if posted and form.is_valid():
        row = event.registrations.placed().filter(code=form.cleaned_data["code"]).first()
        if not row:
            form.add_error("code", _("Nobody with a place at this event has this code"))
        else:
            before = row.checked_in_at
            try:
                actions.check_in(row)
                came = (row, before)
                form = CodeForm()
            except actions.NotNow as error:
                form.add_error(None, error.description)
    rows = event.registrations.placed()
    context = {
        "event": event,
        "form": form,
        "came": came,
        "here": rows.exclude(checked_in_at=None).count(),
        "places": rows.count(),
    }
    return render(request, "hubs/events/check_in.html", context, status=400 if form.errors else 200)


def _rows(event: Event) -> RegistrationQuerySet:
    rows = event.registrations.active()
    return rows.prefetch_related("answers__question").order_by("state", "confirmed_at", "pk")


def _minute(at: datetime.datetime | None) -> str:
    return local(at).strftime("%Y-%m-%d %H:%M") if at else ""
