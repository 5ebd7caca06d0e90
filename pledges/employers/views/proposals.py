"""One proposal: looked at, sent, taken back, discarded, approved, returned."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo import uploads
from geo.core.errors import GeoError
from pledges.employers.forms.base import text
from pledges.employers.models.proposals import Proposal
from pledges.employers.permissions import may_decide
from pledges.employers.proposals import actions
from pledges.employers.proposals.actions import mark
from pledges.employers.proposals.diff import lines
from pledges.employers.proposals.titles import title_of
from pledges.employers.views.guard import FORM, READS, desk_page
from pledges.organisations.models import Organisation


class ReturnForm(forms.Form):
    """Why a proposal goes back to its editors."""

    words = text(
        gettext_lazy("What should be different?"),
        1000,
        4,
        gettext_lazy("The editors read this."),
        gettext_lazy("Write what should be different"),
    )


@desk_page(*READS)
def proposal(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """One proposal, before and after, with what may be done with it."""
    return _shown(request, _own(employer, pk))


@desk_page("POST")
def act(request: HttpRequest, employer: Organisation, pk: int, verb: str) -> HttpResponse:
    """Send a draft, take back what was sent, or discard a draft."""
    found = _own(employer, pk)
    if verb not in ("send", "take-back", "discard"):
        raise Http404
    try:
        if verb == "discard":
            actions.discard(found)
            messages.success(request, _("The draft is gone."))
            return redirect("employer-desk", employer.public_code)
        if verb == "send":
            actions.send(found)
            messages.success(request, _("Sent for approval. Nobody else sees it before that."))
            return redirect("employer-desk", employer.public_code)
        actions.take_back(found)
        messages.success(request, _("It is a draft again."))
    except GeoError as error:
        messages.error(request, error.description)
    return redirect("employer-proposal", employer.public_code, pk)


@desk_page(*FORM)
def decide(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """Publish what was sent as it was read here, or return it with words."""
    found = _own(employer, pk)
    if not may_decide(request.user, found):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("employer-proposal", employer.public_code, pk)
    form = ReturnForm(request.POST)
    try:
        if request.POST.get("act") == "approve":
            actions.approve(found, request.user, request.POST.get("seen", ""))
            messages.success(request, _("Published: everybody sees it now."))
            return _onwards(request, employer)
        if form.is_valid():
            actions.give_back(found, request.user, form.cleaned_data["words"])
            messages.success(request, _("Returned to its editors, with your words."))
            return _onwards(request, employer)
    except GeoError as error:
        messages.error(request, error.description)
        return _shown(request, _own(employer, pk), status=409)
    return _shown(request, found, form, 400)


def _onwards(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """On to what has waited longest for this approver, or back to the desk."""
    waiting = Proposal.objects.of(employer).with_everything().sent()
    following = next((row for row in waiting if may_decide(request.user, row)), None)
    if following:
        return redirect("employer-proposal", employer.public_code, following.pk)
    return redirect("employer-desk", employer.public_code)


@desk_page(*READS)
def file(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """The file of a proposal, for those who see the proposal."""
    found = _own(employer, pk)
    if not found.upload:
        raise Http404
    return uploads.upload_response(found.upload, found.content.get("title", ""))


def _own(employer: Organisation, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.of(employer).with_everything(), pk=pk)


def _shown(
    request: HttpRequest, found: Proposal, form: ReturnForm | None = None, status: int = 200
) -> HttpResponse:
    said = lines(found)
    context = {
        "employer": found.organisation,
        "proposal": found,
        "title": title_of(found),
        "lines": said,
        "stays": any(not line.changed for line in said),
        "seen": mark(found),
        "may_decide": found.state == Proposal.State.SENT and may_decide(request.user, found),
        "own": found.made_by_id == request.user.pk,
        "form": form or ReturnForm(),
    }
    return render(request, "pledges/employers/proposal.html", context, status=status)
