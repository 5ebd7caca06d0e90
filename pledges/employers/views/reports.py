"""Reports to the board of an employer: published ones for everybody, drafts for its desk."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geo.core.csv import MEDIA_TYPE, encode
from geo.core.errors import GeoError
from geo.core.timeouts import bounded
from pledges.employers import permissions as limits
from pledges.employers.models.actions import Action
from pledges.employers.models.board import BoardReport
from pledges.employers.models.proposals import Proposal
from pledges.employers.permissions import may_decide
from pledges.employers.proposals import actions
from pledges.employers.reports import export
from pledges.employers.reports.forms import PeriodForm
from pledges.employers.reports.period import Period
from pledges.employers.reports.publishing import draft as draft_of
from pledges.employers.reports.report import Report
from pledges.employers.reports.snapshot import Data
from pledges.employers.views.guard import READS, desk_page, employer_of
from pledges.organisations.models import Organisation

KINDS = {"csv": MEDIA_TYPE, "pdf": "application/pdf"}
Kind = Proposal.Kind


@require_safe
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """The published reports of an employer, the latest edition of each."""
    with bounded():
        employer = employer_of(code)
        found = list(BoardReport.objects.of(employer).latest().select_related("organisation"))
        context = {"employer": employer, "reports": found}
        return render(request, "pledges/employers/report/list.html", context)


@require_safe
def latest(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """Leads to the newest edition of a period."""
    with bounded():
        found = _editions(code, period).order_by("-edition").first()
    if found is None:
        raise Http404
    return redirect(found)


@require_safe
def report(request: HttpRequest, code: str, period: str, edition: int) -> HttpResponse:
    """One edition at its lasting address, as it was published."""
    with bounded():
        found = get_object_or_404(_editions(code, period), edition=edition)
        made = _report(found.content)
        others = BoardReport.objects.of(found.organisation).about(found.period)
        earlier = others.filter(edition__lt=edition).select_related("organisation")
        context = {
            "employer": found.organisation,
            "report": made,
            "edition": found,
            "newer": _newer(found),
            "earlier": earlier.defer("content"),
        }
        return render(request, "pledges/employers/report/report.html", context)


@require_safe
def file(request: HttpRequest, code: str, period: str, edition: int, kind: str) -> HttpResponse:
    """The same as a file."""
    with bounded():
        found = get_object_or_404(_editions(code, period), edition=edition)
        newer = _newer(found)
    name = f"board-report-{found.organisation.public_code.lower()}-{found.period.slug}"
    return _file(request, Report(found.content), kind, f"{name}-{edition}", found, newer)


@desk_page("POST")
def make(request: HttpRequest, employer: Organisation) -> HttpResponse:
    """One click: a draft of a year or quarter; the one that is being written, where there is."""
    form = PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["period"]))
        return redirect("employer-desk", employer.public_code)
    period = form.cleaned_data["period"]
    begun = Proposal.objects.of(employer).filter(kind=Kind.REPORT, content__period=period)
    found = begun.exclude(state=Proposal.State.APPROVED).first()
    if found is None:
        try:
            limits.writing(request.user)
        except GeoError as error:
            messages.error(request, error.description)
            return redirect("employer-desk", employer.public_code)
        content = {"period": period, "summary": "", "asks": ""}
        found = actions.propose(employer, Kind.REPORT, request.user, content)
    else:
        messages.info(request, _("A report of this period is already being written: here it is."))
    return redirect("board-draft", employer.public_code, found.pk)


@desk_page(*READS)
def draft(request: HttpRequest, employer: Organisation, pk: int) -> HttpResponse:
    """A draft as it would be published, for the desk alone."""
    found = _draft(employer, pk)
    with bounded():
        made = _report(draft_of(found))
        context = {
            "employer": employer,
            "report": made,
            "proposal": found,
            "may_decide": found.state == Proposal.State.SENT and may_decide(request.user, found),
        }
        return render(request, "pledges/employers/report/draft.html", context)


@desk_page(*READS)
def draft_file(request: HttpRequest, employer: Organisation, pk: int, kind: str) -> HttpResponse:
    """A draft as a file, which says that it is one."""
    with bounded():
        made = Report(draft_of(_draft(employer, pk)))
    name = f"draft-board-report-{employer.public_code.lower()}-{made.period.slug}"
    return _file(request, made, kind, name)


def _editions(code: str, period: str):
    """The published editions of an address. Http404 where it names no employer or period."""
    about = Period.read(period)
    if about is None:
        raise Http404
    rows = BoardReport.objects.of(employer_of(code)).about(about)
    return rows.select_related("organisation")


def _newer(found: BoardReport) -> BoardReport | None:
    rows = BoardReport.objects.of(found.organisation).about(found.period)
    return rows.filter(edition__gt=found.edition).order_by("-edition").first()


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
        limits.printing(request)
        content = export.to_pdf(made, edition, newer)
    else:
        content = encode(export.to_csv(made, edition))
    response = HttpResponse(content, content_type=KINDS[kind])
    demo = "demo-" if made.employer["demo"] else ""
    response["Content-Disposition"] = f'attachment; filename="{demo}{name}.{kind}"'
    return response
