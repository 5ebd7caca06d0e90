"""Reports to the board of an employer: published ones for everybody, drafts for its desk."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geo.core.csv import MEDIA_TYPE, encode
from geo.core.errors import GeoError
from geo.core.timeouts import bounded
from pledges.accounts.typing import SignedInRequest
from pledges.employers.models.actions import Action
from pledges.employers.models.board_reports import BoardReport, BoardReportQuerySet
from pledges.employers.models.proposals import Proposal
from pledges.employers.permissions import limit_pdfs, limit_proposals, may_decide
from pledges.employers.proposals import actions
from pledges.employers.reports import export
from pledges.employers.reports.forms import PeriodForm
from pledges.employers.reports.period import Period
from pledges.employers.reports.publishing import preview
from pledges.employers.reports.report import Report
from pledges.employers.reports.snapshot import Data
from pledges.employers.views.decorators import READS, desk_page
from pledges.organisations.models import Organisation
from pledges.organisations.views import organisation_of

MEDIA_TYPES = {"csv": MEDIA_TYPE, "pdf": "application/pdf"}
Kind = Proposal.Kind


@require_safe
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """The published reports of an employer, the latest edition of each."""
    with bounded():
        employer = organisation_of(code)
        found = list(BoardReport.objects.of(employer).current().select_related("organisation"))
        context = {"employer": employer, "reports": found}
        return render(request, "pledges/employers/report/list.html", context)


@require_safe
def latest(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Leads to the newest edition of a period."""
    with bounded():
        found = _editions(code, period).first()
    if found is None:
        raise Http404
    return redirect(found)


@require_safe
def report(request: HttpRequest, code: str, period: str, edition: int) -> HttpResponse:
    """One edition at its permanent address, as it was published."""
    with bounded():
        editions = _editions(code, period)
        found = get_object_or_404(editions, edition=edition)
        context = {
            "employer": found.organisation,
            "report": _report(found.content),
            "edition": found,
            "newer": editions.filter(edition__gt=edition).first(),
            "earlier": editions.filter(edition__lt=edition).defer("content"),
        }
        return render(request, "pledges/employers/report/report.html", context)


@require_safe
def file(request: HttpRequest, code: str, period: str, edition: int, kind: str) -> HttpResponse:
    """An edition as CSV or PDF."""
    with bounded():
        editions = _editions(code, period)
        found = get_object_or_404(editions, edition=edition)
        newer = editions.filter(edition__gt=edition).first()
    name = f"board-report-{found.organisation.public_code.lower()}-{found.period.slug}-{edition}"
    return _file(request, Report(found.content), kind, name, found, newer)


@desk_page("POST")
def make(request: SignedInRequest, employer: Organisation) -> HttpResponse:
    """Make a draft for a period; leads to the one that is being written, where there is one."""
    form = PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["period"]))
        return redirect("employer-desk", employer.public_code)
    period = form.cleaned_data["period"]
    begun = Proposal.objects.of(employer).filter(kind=Kind.REPORT, content__period=period)
    found = begun.unapproved().first()
    if found is None:
        try:
            limit_proposals(request.user)
        except GeoError as error:
            messages.error(request, error.description)
            return redirect("employer-desk", employer.public_code)
        content = {"period": period, "summary": "", "asks": ""}
        found = actions.propose(employer, Kind.REPORT, request.user, content)
    else:
        messages.info(request, _("A report of this period is already being written: here it is."))
    return redirect("board-draft", employer.public_code, found.pk)


@desk_page(*READS)
def draft(request: SignedInRequest, employer: Organisation, pk: int) -> HttpResponse:
    """A draft as it would be published, for the desk alone."""
    found = _draft(employer, pk)
    with bounded():
        context = {
            "employer": employer,
            "report": _report(preview(found)),
            "proposal": found,
            "may_decide": found.state == Proposal.State.SENT and may_decide(request.user, found),
        }
        return render(request, "pledges/employers/report/draft.html", context)


@desk_page(*READS)
def draft_file(
    request: SignedInRequest, employer: Organisation, pk: int, kind: str
) -> HttpResponse:
    """A draft as CSV or PDF, marked as one."""
    with bounded():
        made = Report(preview(_draft(employer, pk)))
    name = f"draft-board-report-{employer.public_code.lower()}-{made.period.slug}"
    return _file(request, made, kind, name)


def _editions(code: str, period: str) -> BoardReportQuerySet:
    """The editions of an address, the newest first. Http404 for an unknown employer or period."""
    try:
        parsed = Period.parse(period)
    except ValueError as error:
        raise Http404 from error
    rows = BoardReport.objects.of(organisation_of(code)).about(parsed)
    return rows.select_related("organisation").order_by("-edition")


def _report(content: Data) -> Report:
    """A report with links to those of its actions that still have a page."""
    keys = [action["key"] for action in content["actions"]]
    return Report(content, set(Action.objects.filter(pk__in=keys).values_list("pk", flat=True)))


def _draft(employer: Organisation, pk: int) -> Proposal:
    rows = Proposal.objects.of(employer).filter(kind=Kind.REPORT).with_everything()
    return get_object_or_404(rows, pk=pk)


def _file(
    request: HttpRequest,
    made: Report,
    kind: str,
    name: str,
    edition: BoardReport | None = None,
    newer: BoardReport | None = None,
) -> HttpResponse:
    if kind == "pdf":
        limit_pdfs(request)
        content = export.to_pdf(made, edition, newer)
    else:
        content = encode(export.to_csv(made, edition))
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    demo = "demo-" if made.employer["demo"] else ""
    response["Content-Disposition"] = f'attachment; filename="{demo}{name}.{kind}"'
    return response
