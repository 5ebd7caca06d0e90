"""The messages that people wrote to a hub, for its team."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from geo.core import params
from hubs.hub import actions
from hubs.hub.forms import AnswerForm
from hubs.hub.models import Hub, HubMessage
from hubs.hub.permissions import FORM, READS, team_page
from pledges.accounts.typing import SignedInRequest

SHOWN = 50  # of either list


@team_page(*READS)
def inbox(request: SignedInRequest, hub: Hub) -> HttpResponse:
    """What waits for an answer, longest first; below, what was answered last."""
    params.reject_unknown(request.GET, ())
    rows = HubMessage.objects.filter(hub=hub)
    waiting = rows.waiting()
    context = {
        "hub": hub,
        "waiting": waiting[:SHOWN],
        "number": waiting.count(),
        "closed": rows.closed()[:SHOWN],
    }
    return render(request, "hubs/hub/team/inbox.html", context)


@team_page(*FORM)
def message(request: SignedInRequest, hub: Hub, pk: int) -> HttpResponse:
    """A message with its answers; the form sends one more."""
    found = get_object_or_404(HubMessage.objects.filter(hub=hub), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        actions.answer_message(found, request.user, given["text"], given["form_key"])
        messages.success(request, _("Your answer is on its way."))
        return redirect("hub-inbox", hub.slug)
    context = {
        "hub": hub,
        "message": found,
        "answers": found.answers.select_related("author"),
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "hubs/hub/team/message.html", context, status=status)


@team_page("POST")
def put_aside(request: SignedInRequest, hub: Hub, pk: int) -> HttpResponse:
    """Say that a message needs no answer; or, if it was closed, let it wait again."""
    found = get_object_or_404(HubMessage.objects.filter(hub=hub), pk=pk)
    if found.closed_at:
        actions.reopen_message(found)
        messages.success(request, _("The message waits again."))
    else:
        actions.close_message(found)
        messages.success(request, _("The message is put aside."))
    return redirect("hub-inbox", hub.slug)
