"""Writing for an employer: something new, a change to what is public, a draft once more."""

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from pledges.employers import permissions as limits
from pledges.employers.forms.base import Content, ProposalForm
from pledges.employers.models.actions import Action
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.proposals import actions
from pledges.employers.proposals.kinds import SORTS, Sort, says, sort_of, target_of
from pledges.employers.proposals.titles import title_of
from pledges.employers.views.guard import FORM, desk_page
from pledges.organisations.models import Organisation

Kind = Proposal.Kind


@desk_page(*FORM)
def new(request: HttpRequest, employer: Organisation, kind: str) -> HttpResponse:
    """The form of something new. `?for=` is the slug of the pledge that it is for."""
    sort = _sort(kind)
    if sort.belongs:
        raise Http404
    if kind == Kind.VALUES and hasattr(employer, "values_statement"):
        return redirect("employer-change", employer.public_code, kind, employer.pk)
    return _write(request, employer, kind, initial=_beginning(request, kind))


@desk_page(*FORM)
def change(request: HttpRequest, employer: Organisation, kind: str, pk: int) -> HttpResponse:
    """The form of a change to something public; the draft of one, where there is one."""
    sort = _sort(kind)
    if not sort.changes:
        raise Http404
    row = _row(employer, sort, pk)
    begun = Proposal.objects.of(employer).filter(kind=kind, target=pk)
    if open_one := begun.exclude(state=Proposal.State.APPROVED).first():
        messages.info(request, _("A change to this is already being written: here it is."))
        return redirect("employer-proposal", employer.public_code, open_one.pk)
    return _write(request, employer, kind, target=row, initial=says(sort, row))


@desk_page(*FORM)
def tell(request: HttpRequest, employer: Organisation, pk: int, kind: str) -> HttpResponse:
    """The form of an update, or of a piece of evidence, of one of the employer's actions."""
    if not _sort(kind).belongs:
        raise Http404
    parent = get_object_or_404(Action.objects.of(employer), pk=pk)
    return _write(request, employer, kind, parent=parent)


@desk_page("POST")
def remove(request: HttpRequest, employer: Organisation, kind: str, pk: int) -> HttpResponse:
    """Propose that something public goes."""
    sort = _sort(kind)
    if not sort.removes:
        raise Http404
    row = _row(employer, sort, pk)
    try:
        made = actions.propose_removal(employer, kind, request.user, row)
    except GeoError as error:
        messages.error(request, error.description)
        return redirect("employer-desk", employer.public_code)
    messages.success(request, _("Nothing is removed yet: send this for approval."))
    return redirect("employer-proposal", employer.public_code, made.pk)


@desk_page(*FORM)
def edit(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """The form of a draft, or of what was returned."""
    found = get_object_or_404(Proposal.objects.of(employer).with_everything(), pk=pk)
    if not found.open or found.removes:
        return redirect("employer-proposal", employer.public_code, pk)
    form = sort_of(found).form(
        *_given(request),
        initial=found.content,
        organisation=employer,
        target=target_of(found),
        parent=found.action,
        # A link takes the place of a file.
        has_file=found.upload_id is not None and not request.POST.get("link"),
    )
    if form.is_bound and form.is_valid():
        try:
            actions.reword(found, request.user, form.content(), form.cleaned_data.get("file"))
            return _saved(request, found)
        except GeoError as error:
            form.add_error(None, error.description)
    return _form(request, employer, found.kind, form, title_of(found), found)


def _write(
    request: HttpRequest,
    employer: Organisation,
    kind: str,
    *,
    target: Model | None = None,
    parent: Action | None = None,
    initial: Content | None = None,
) -> HttpResponse:
    form = SORTS[Kind(kind)].form(
        *_given(request), initial=initial, organisation=employer, target=target, parent=parent
    )
    if form.is_bound and form.is_valid():
        try:
            limits.writing(request.user)
            made = actions.propose(
                employer,
                kind,
                request.user,
                form.content(),
                target=target,
                action=parent,
                file=form.cleaned_data.get("file"),
            )
            return _saved(request, made)
        except GeoError as error:
            form.add_error(None, error.description)
    about = parent or target
    return _form(request, employer, kind, form, str(about) if about else "")


def _saved(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Saved as a draft and, by its own button, sent at once."""
    if request.POST.get("then") == "send":
        actions.send(proposal)
        messages.success(request, _("Sent for approval. Nobody else sees it before that."))
        return redirect("employer-desk", proposal.organisation.public_code)
    messages.success(request, _("Saved as a draft. Send it for approval when it is ready."))
    return redirect("employer-proposal", proposal.organisation.public_code, proposal.pk)


def _form(
    request: HttpRequest,
    employer: Organisation,
    kind: str,
    form: ProposalForm,
    title: str,
    proposal: Proposal | None = None,
) -> HttpResponse:
    context = {
        "employer": employer,
        "kind": kind,
        "name": Kind(kind).label,
        "form": form,
        "title": title,
        "proposal": proposal,
        "parts": f"pledges/employers/form_{kind}.html",
    }
    return render(
        request, "pledges/employers/write.html", context, status=400 if form.errors else 200
    )


def _given(request: HttpRequest) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _sort(kind: str) -> Sort:
    if kind not in Kind.values:
        raise Http404
    return SORTS[Kind(kind)]


def _row(employer: Organisation, sort: Sort, pk: int) -> Model:
    return get_object_or_404(sort.model._default_manager.filter(**{sort.owner: employer}), pk=pk)


def _beginning(request: HttpRequest, kind: str) -> Content | None:
    """A new adoption or action for the pledge in the address."""
    wanted = StaffPledge.objects.current().filter(slug=request.GET.get("for", "")[:40]).first()
    if wanted is None:
        return None
    return {"pledge": wanted.pk} if kind == Kind.ADOPTION else {"pledges": [wanted.pk]}
