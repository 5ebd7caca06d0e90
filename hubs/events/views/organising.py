"""The pages on which organisers write and run events."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from geo.core import params
from geo.core.errors import GeoError
from hubs.events import actions
from hubs.events.forms import AnnouncementForm, EventForm, LinkForm
from hubs.events.models import Event
from hubs.events.permissions import events_of, organiser_of_event, organisers_only
from hubs.hub.permissions import hubs_of
from pledges.accounts.typing import SignedInRequest

METHODS = ["GET", "HEAD", "POST"]
SIZE = 30


@dataclass(frozen=True)
class Decision:
    """A decision to confirm: its question, hint and button, and the action that it runs."""

    question: str | Promise
    hint: str | Promise
    button: str | Promise
    action: Callable[[Event], object]
    warning: bool = False


DECISIONS = {
    "publish": Decision(
        gettext_lazy("Publish this event?"),
        gettext_lazy("Everybody can see it then, and register for it."),
        gettext_lazy("Publish it"),
        actions.publish,
    ),
    "hold": Decision(
        gettext_lazy("Has this event taken place?"),
        gettext_lazy("It is shown among past events then. You can add slides and a recording."),
        gettext_lazy("It has taken place"),
        actions.mark_held,
    ),
    "cancel": Decision(
        gettext_lazy("Cancel this event?"),
        gettext_lazy(
            "Everybody who has a place or waits for one is told by mail. There is no undo."
        ),
        gettext_lazy("Cancel the event"),
        actions.cancel,
        warning=True,
    ),
    "delete": Decision(
        gettext_lazy("Delete this draft?"),
        gettext_lazy("Nobody else has seen it. There is no undo."),
        gettext_lazy("Delete the draft"),
        actions.delete_draft,
        warning=True,
    ),
}


@require_safe
@organisers_only
def organised(request: SignedInRequest) -> HttpResponse:
    """The events that somebody may run, drafts included."""
    number = params.integer("page", request.GET.get("page", "1"), 1, 10**6)
    page = Paginator(events_of(request.user), SIZE).get_page(number)
    context = {"page": page, "events": page.object_list}
    return render(request, "hubs/events/organised.html", context)


@require_http_methods(METHODS)
@organisers_only
def new(request: SignedInRequest) -> HttpResponse:
    """Write an event; it is a draft until it is published."""
    form = _form(request)
    if form.is_bound and form.is_valid():
        event = actions.create_event(request.user, form.fields_of_event(), form.questions())
        messages.success(request, _("The draft is saved. Nobody else sees it yet."))
        return redirect("event-run", event.slug)
    return _edit_page(request, form, None)


@require_http_methods(METHODS)
@organiser_of_event
def edit(request: SignedInRequest, event: Event) -> HttpResponse:
    """Edit an event; whoever comes is told of another time or place."""
    if event.status not in (Event.Status.DRAFT, Event.Status.PUBLISHED):
        return redirect("event-run", event.slug)
    form = _form(request, event)
    if form.is_bound and form.is_valid():
        actions.update_event(event, form.fields_of_event(), form.questions())
        messages.success(request, _("The event is saved."))
        return redirect("event-run", event.slug)
    return _edit_page(request, form, event)


@require_http_methods(METHODS)
@organiser_of_event
def run(request: SignedInRequest, event: Event) -> HttpResponse:
    """All there is to do with one event; the form adds a link, `drop` takes one away."""
    form = LinkForm(request.POST if "address" in request.POST else None)
    if request.method == "POST":
        if drop := request.POST.get("drop"):
            event.links.filter(pk=params.integer("drop", drop, 1, 2**63 - 1)).delete()
            return redirect("event-run", event.slug)
        if form.is_valid():
            actions.add_link(event, **form.cleaned_data)
            return redirect("event-run", event.slug)
    rows = event.registrations
    context = {
        "event": event,
        "form": form,
        "places": rows.placed().count(),
        "waiting": rows.waiting().count(),
        "came": rows.placed().exclude(checked_in_at=None).count(),
        "links": event.links.all(),
        "announcements": event.announcements.all(),
        "editable": event.status in (Event.Status.DRAFT, Event.Status.PUBLISHED),
    }
    return render(request, "hubs/events/manage.html", context, status=400 if form.errors else 200)


@require_http_methods(METHODS)
@organiser_of_event
def decide(request: SignedInRequest, event: Event, verb: str) -> HttpResponse:
    """Ask whether the organiser means it; the button does it."""
    decision = DECISIONS.get(verb)
    if not decision:
        raise Http404
    if request.method == "POST":
        try:
            decision.action(event)
        except actions.NotNow as error:
            messages.warning(request, error.description)
            return redirect("event-run", event.slug)
        return redirect("event-organise") if verb == "delete" else redirect("event-run", event.slug)
    context = {"event": event, "decision": decision}
    return render(request, "hubs/events/decision.html", context)


@require_http_methods(METHODS)
@organiser_of_event
def announce(request: SignedInRequest, event: Event) -> HttpResponse:
    """Write to everybody who comes or waits."""
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            number = actions.announce(event, request.user, **form.cleaned_data)
        except GeoError as error:
            form.add_error(None, error.description)
        else:
            words = ngettext("%(n)s person gets it.", "%(n)s people get it.", number)
            messages.success(request, words % {"n": number})
            return redirect("event-run", event.slug)
    context = {"event": event, "form": form}
    return render(
        request, "hubs/events/announcement.html", context, status=400 if form.errors else 200
    )


def _form(request: SignedInRequest, event: Event | None = None) -> EventForm:
    hubs = hubs_of(request.user)
    if not hubs and not request.user.is_operator:
        raise PermissionDenied
    given = request.POST if request.method == "POST" else None
    initial = EventForm.initial_of(event) if event else {}
    return EventForm(
        given, event=event, hubs=hubs, national=request.user.is_operator, initial=initial
    )


def _edit_page(request: SignedInRequest, form: EventForm, event: Event | None) -> HttpResponse:
    context = {"form": form, "event": event}
    return render(request, "hubs/events/edit.html", context, status=400 if form.errors else 200)
