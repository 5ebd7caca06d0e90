"""Proposals: written by editors, sent, taken back, discarded, and decided by approvers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo import uploads
from geo.core.errors import GeoError
from pledges.accounts.typing import SignedInRequest
from pledges.employers.forms.base import Content, ProposalForm, text
from pledges.employers.models.actions import Action
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.permissions import limit_proposals, may_decide
from pledges.employers.proposals import actions
from pledges.employers.proposals.display import lines, title_of
from pledges.employers.proposals.kinds import FORMS, content_of, row_of
from pledges.employers.views.decorators import FORM, READS, desk_page
from pledges.organisations.models import Organisation

Kind = Proposal.Kind


class ReturnForm(forms.Form):
    """Why a proposal goes back to its editors."""

    words = text(
        gettext_lazy("What should be different?"),
        1000,
        4,
        gettext_lazy("The editors read this."),
        gettext_lazy("Write what should be different"),
    )


@desk_page(*FORM)
def new(request: SignedInRequest, employer: Organisation, kind: str) -> HttpResponse:
    """The form of something new. `?for=` is the slug of the pledge that it is for."""
    if _form_class(kind).of_action:
        raise Http404
    if kind == Kind.VALUES and hasattr(employer, "values_statement"):
        return redirect("employer-change", employer.public_code, kind, employer.pk)
    return _write(request, employer, kind, initial=_initial(request, kind))


@desk_page(*FORM)
def change(request: SignedInRequest, employer: Organisation, kind: str, pk: int) -> HttpResponse:
    """The form of a change to something public; the draft of one, where there is one."""
    form = _form_class(kind)
    if not form.may_change:
        raise Http404
    row = get_object_or_404(form.public_rows(employer), pk=pk)
    begun = Proposal.objects.of(employer).filter(kind=kind, target=pk).unapproved().first()
    if begun:
        messages.info(request, _("A change to this is already being written: here it is."))
        return redirect("employer-proposal", employer.public_code, begun.pk)
    return _write(request, employer, kind, row=row, initial=content_of(kind, row))


@desk_page(*FORM)
def add(request: SignedInRequest, employer: Organisation, pk: int, kind: str) -> HttpResponse:
    """The form of an update, or of evidence, for one of the employer's actions."""
    if not _form_class(kind).of_action:
        raise Http404
    action = get_object_or_404(Action.objects.of(employer), pk=pk)
    return _write(request, employer, kind, action=action)


@desk_page("POST")
def remove(request: SignedInRequest, employer: Organisation, kind: str, pk: int) -> HttpResponse:
    """Propose to remove something public."""
    form = _form_class(kind)
    if not form.may_remove:
        raise Http404
    row = get_object_or_404(form.public_rows(employer), pk=pk)
    try:
        made = actions.propose_removal(employer, kind, request.user, row)
    except GeoError as error:
        messages.error(request, error.description)
        return redirect("employer-desk", employer.public_code)
    messages.success(request, _("Nothing is removed yet: send this for approval."))
    return redirect("employer-proposal", employer.public_code, made.pk)


@desk_page(*FORM)
def edit(request: SignedInRequest, employer: Organisation, pk: int) -> HttpResponse:
    """The form of a draft, or of what was returned."""
    found = _proposal(employer, pk)
    if not found.open or found.removes:
        return redirect("employer-proposal", employer.public_code, pk)
    form = FORMS[found.kind](
        *_posted(request),
        initial=found.content,
        organisation=employer,
        row=row_of(found),
        action=found.action,
        # A link replaces a file.
        has_file=found.upload_id is not None and not request.POST.get("link"),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.edit(found, request.user, form.content(), form.cleaned_data.get("file"))
            return _saved(request, found)
        except GeoError as error:
            form.add_error(None, error.description)
    return _form_page(request, employer, found.kind, form, title_of(found), found)


@desk_page(*READS)
def proposal(request: SignedInRequest, employer: Organisation, pk: int) -> HttpResponse:
    """One proposal, before and after, with what may be done with it."""
    return _proposal_page(request, _proposal(employer, pk))


@desk_page("POST")
def act(request: SignedInRequest, employer: Organisation, pk: int, verb: str) -> HttpResponse:
    """Send a draft, take back what was sent, or discard a draft."""
    found = _proposal(employer, pk)
    if verb not in ("send", "take-back", "discard"):
        raise Http404
    try:
        if verb == "discard":
            actions.discard(found)
            messages.success(request, _("The draft is gone."))
            return redirect("employer-desk", employer.public_code)
        if verb == "send":
            return _sent(request, found)
        actions.take_back(found)
        messages.success(request, _("It is a draft again."))
    except GeoError as error:
        messages.error(request, error.description)
    return redirect("employer-proposal", employer.public_code, pk)


@desk_page(*FORM)
def decide(request: SignedInRequest, employer: Organisation, pk: int) -> HttpResponse:
    """Publish what was sent, in the version that was read, or return it with a reason."""
    found = _proposal(employer, pk)
    if not may_decide(request.user, found):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("employer-proposal", employer.public_code, pk)
    form = ReturnForm(request.POST)
    try:
        if request.POST.get("act") == "approve":
            actions.approve(found, request.user, request.POST.get("seen", ""))
            messages.success(request, _("Published: everybody sees it now."))
            return _next_sent(request, employer)
        if form.is_valid():
            actions.return_to_editors(found, request.user, form.cleaned_data["words"])
            messages.success(request, _("Returned to its editors, with your words."))
            return _next_sent(request, employer)
    except GeoError as error:
        messages.error(request, error.description)
        return _proposal_page(request, _proposal(employer, pk), status=409)
    return _proposal_page(request, found, form, 400)


@desk_page(*READS)
def file(request: SignedInRequest, employer: Organisation, pk: int) -> HttpResponseBase:
    """The file of a proposal, for those who see the proposal."""
    found = _proposal(employer, pk)
    if not found.upload:
        raise Http404
    return uploads.upload_response(found.upload, found.content.get("title", ""))


def _proposal(employer: Organisation, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.of(employer).with_everything(), pk=pk)


def _form_class(kind: str) -> type[ProposalForm[Any]]:
    if kind not in FORMS:
        raise Http404
    return FORMS[kind]


def _posted(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _initial(request: HttpRequest, kind: str) -> Content | None:
    """The pledge in the address, for a new adoption or action."""
    wanted = StaffPledge.objects.current().filter(slug=request.GET.get("for", "")[:40]).first()
    if wanted is None:
        return None
    return {"pledge": wanted.pk} if kind == Kind.ADOPTION else {"pledges": [wanted.pk]}


def _write(
    request: SignedInRequest,
    employer: Organisation,
    kind: str,
    *,
    row: Model | None = None,
    action: Action | None = None,
    initial: Content | None = None,
) -> HttpResponse:
    form = FORMS[kind](
        *_posted(request), initial=initial, organisation=employer, row=row, action=action
    )
    if form.is_bound and form.is_valid():
        try:
            limit_proposals(request.user)
            made = actions.propose(
                employer,
                kind,
                request.user,
                form.content(),
                row=row,
                action=action,
                file=form.cleaned_data.get("file"),
            )
            return _saved(request, made)
        except GeoError as error:
            form.add_error(None, error.description)
    return _form_page(request, employer, kind, form, str(action or row or ""))


def _saved(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Saved as a draft; sent at once, if by that button."""
    if request.POST.get("then") == "send":
        return _sent(request, proposal)
    messages.success(request, _("Saved as a draft. Send it for approval when it is ready."))
    return redirect("employer-proposal", proposal.organisation.public_code, proposal.pk)


def _sent(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    actions.send(proposal)
    messages.success(request, _("Sent for approval. Nobody else sees it before that."))
    return redirect("employer-desk", proposal.organisation.public_code)


def _next_sent(request: SignedInRequest, employer: Organisation) -> HttpResponse:
    """On to what has waited longest for this approver, or back to the desk."""
    waiting = Proposal.objects.of(employer).with_everything().sent()
    following = next((row for row in waiting if may_decide(request.user, row)), None)
    if following:
        return redirect("employer-proposal", employer.public_code, following.pk)
    return redirect("employer-desk", employer.public_code)


def _form_page(
    request: HttpRequest,
    employer: Organisation,
    kind: str,
    form: ProposalForm[Any],
    title: str,
    proposal: Proposal | None = None,
) -> HttpResponse:
    context = {
        "employer": employer,
        "name": Kind(kind).label,
        "form": form,
        "title": title,
        "proposal": proposal,
        "fields": f"pledges/employers/form_{kind}.html",
    }
    status = 400 if form.errors else 200
    return render(request, "pledges/employers/write.html", context, status=status)


def _proposal_page(
    request: SignedInRequest, found: Proposal, form: ReturnForm | None = None, status: int = 200
) -> HttpResponse:
    changes = lines(found)
    context = {
        "employer": found.organisation,
        "proposal": found,
        "title": title_of(found),
        "lines": changes,
        "has_unchanged": any(not line.changed for line in changes),
        "version": actions.version_of(found),
        "may_decide": found.state == Proposal.State.SENT and may_decide(request.user, found),
        "own": found.made_by_id == request.user.pk,
        "form": form or ReturnForm(),
    }
    return render(request, "pledges/employers/proposal.html", context, status=status)
