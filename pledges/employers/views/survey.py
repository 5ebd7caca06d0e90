"""The import of the staff survey: a file is tried, mended as often as need be, then imported.

For operators alone: the figures measure employers, so none of them writes its own.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from geo.uploads.reading import UploadRefused
from pledges.accounts.second_factor import required
from pledges.employers.models.survey import IndicatorSet, SurveyImport
from pledges.employers.survey import columns, importing
from pledges.employers.survey.dry_run import Trial, try_table
from pledges.employers.survey.forms import BeginForm, ColumnsForm, FileForm
from pledges.employers.survey.tables import Table

FORM = ["GET", "HEAD", "POST"]
FAULTS_SHOWN, LINES_SHOWN, JOBS_SHOWN = 100, 5, 10


def operators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages of operators, who show their second factor."""

    @never_cache
    @required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_operator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_http_methods(FORM)
@operators
def begin(request: HttpRequest) -> HttpResponse:
    """The form of a new import, and those that wait or are done."""
    form = BeginForm(*_given(request))
    if form.is_bound and form.is_valid():
        try:
            job = importing.begin(
                form.cleaned_data["year"],
                form.cleaned_data["file"],
                request.FILES["file"].name,
                request.user,
            )
            return redirect("survey-trial", job.pk)
        except UploadRefused as error:
            form.add_error("file", error.description)
    rows = SurveyImport.objects.select_related("by")
    context = {
        "form": form,
        "waiting": rows.filter(imported_at=None)[:JOBS_SHOWN],
        "done": rows.exclude(imported_at=None)[:JOBS_SHOWN],
        "sets": IndicatorSet.objects.prefetch_related("indicators__pledge"),
    }
    status = 400 if form.errors else 200
    return render(request, "pledges/employers/survey/begin.html", context, status=status)


@require_http_methods(FORM)
@operators
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that waits: its columns, its first lines, the fault of each line. Takes a new one."""
    job = get_object_or_404(SurveyImport, pk=pk)
    if job.imported_at:
        return redirect("survey-import")
    form = FileForm(*_given(request))
    if form.is_bound and form.is_valid():
        try:
            importing.mend(job, form.cleaned_data["file"], request.FILES["file"].name)
            return redirect("survey-trial", pk)
        except UploadRefused as error:
            form.add_error("file", error.description)
    table = importing.table_of(job)
    return _trial(request, job, table, form, ColumnsForm(table, initial=job.columns))


@require_http_methods(["POST"])
@operators
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Say which column holds what, import the file, or drop it."""
    job = get_object_or_404(SurveyImport, pk=pk, imported_at=None)
    if verb == "columns":
        table = importing.table_of(job)
        form = ColumnsForm(table, request.POST)
        if not form.is_valid():
            return _trial(request, job, table, FileForm(), form)
        importing.say_columns(job, form.cleaned_data)
        return redirect("survey-trial", pk)
    if verb == "drop":
        job.delete()
        messages.success(request, _("The file is dropped. Nothing was imported."))
        return redirect("survey-import")
    if verb != "import":
        raise Http404
    return _imported(request, job)


def _imported(request: HttpRequest, job: SurveyImport) -> HttpResponse:
    try:
        found = importing.finish(job)
    except UploadRefused as error:
        messages.error(request, error.description)
        return redirect("survey-trial", job.pk)
    if not found.ready:
        messages.error(request, _("Nothing was imported: see the faults below."))
        return redirect("survey-trial", job.pk)
    n = len(found.findings)
    said = ngettext(
        "%(n)s figure of %(year)s is imported.", "%(n)s figures of %(year)s are imported.", n
    )
    messages.success(request, said % {"n": n, "year": job.year})
    return redirect(f"{reverse('employers')}?year={job.year}")


def _trial(
    request: HttpRequest, job: SurveyImport, table: Table, file: FileForm, said: ColumnsForm
) -> HttpResponse:
    wanting = columns.missing(job.columns, table)
    found = Trial() if wanting else try_table(job.year, table, job.columns)
    context = {
        "job": job,
        "form": said if said.errors else file,
        "file": file,
        "columns": said,
        "table": table,
        "lines": table.lines[:LINES_SHOWN],
        "wanting": [columns.NAMES[what] for what in wanting],
        "each": sorted(columns.wide(job.columns, table)),
        "trial": found,
        "faults": found.faults[:FAULTS_SHOWN],
        "more_faults": max(0, len(found.faults) - FAULTS_SHOWN),
        "set": IndicatorSet.objects.in_year(job.year),
    }
    status = 400 if context["form"].errors else 200
    return render(request, "pledges/employers/survey/trial.html", context, status=status)


def _given(request: HttpRequest) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else ()
