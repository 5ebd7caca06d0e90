"""The import of the staff survey: a file is checked, corrected if need be, then imported.

For operators alone: the figures measure employers, so none of them writes its own.
"""

from typing import Any, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geo.uploads.reading import UploadRefused
from pledges.accounts.typing import SignedInRequest
from pledges.employers.models.survey import IndicatorSet, SurveyImport
from pledges.employers.survey import columns, importing
from pledges.employers.survey.dry_run import DryRun, dry_run
from pledges.employers.survey.forms import ColumnsForm, FileForm, StartForm
from pledges.employers.survey.tables import Table
from pledges.employers.views.decorators import FORM, operator_page

FAULTS_SHOWN, LINES_SHOWN, JOBS_SHOWN = 100, 5, 10


@operator_page(*FORM)
def start(request: SignedInRequest) -> HttpResponse:
    """The form of a new import, and lists of those that wait or are done."""
    form = StartForm(*_posted(request))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            job = importing.start_import(
                given["year"], given["file"], _file_name(request), request.user
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
    return render(request, "pledges/employers/survey/start.html", context, status=status)


@operator_page(*FORM)
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """A stored file: its columns, its first lines, the faults by line. Takes a corrected file."""
    job = get_object_or_404(SurveyImport, pk=pk)
    if job.imported_at:
        return redirect("survey-import")
    form = FileForm(*_posted(request))
    if form.is_bound and form.is_valid():
        try:
            importing.replace_file(job, form.cleaned_data["file"], _file_name(request))
            return redirect("survey-trial", pk)
        except UploadRefused as error:
            form.add_error("file", error.description)
    table = importing.table_of(job)
    return _check_page(request, job, table, form, ColumnsForm(table, initial=job.columns))


@operator_page("POST")
def act(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """Choose the columns, import the file, or delete it."""
    job = get_object_or_404(SurveyImport, pk=pk, imported_at=None)
    if verb == "columns":
        table = importing.table_of(job)
        form = ColumnsForm(table, request.POST)
        if not form.is_valid():
            return _check_page(request, job, table, FileForm(), form)
        importing.choose_columns(job, form.cleaned_data)
        return redirect("survey-trial", pk)
    if verb == "drop":
        job.delete()
        messages.success(request, _("The file is dropped. Nothing was imported."))
        return redirect("survey-import")
    if verb != "import":
        raise Http404
    return _import(request, job)


def _import(request: HttpRequest, job: SurveyImport) -> HttpResponse:
    try:
        found = importing.finish_import(job)
    except UploadRefused as error:
        messages.error(request, error.description)
        return redirect("survey-trial", job.pk)
    if not found.ready:
        messages.error(request, _("Nothing was imported: see the faults below."))
        return redirect("survey-trial", job.pk)
    n = len(found.findings)
    message = ngettext(
        "%(n)s figure of %(year)s is imported.", "%(n)s figures of %(year)s are imported.", n
    )
    messages.success(request, message % {"n": n, "year": job.year})
    return redirect(f"{reverse('employers')}?year={job.year}")


def _check_page(
    request: HttpRequest, job: SurveyImport, table: Table, file: FileForm, chosen: ColumnsForm
) -> HttpResponse:
    missing = columns.missing(job.columns, table)
    found = DryRun() if missing else dry_run(job.year, table, job.columns)
    form: FileForm | ColumnsForm = chosen if chosen.errors else file
    context = {
        "job": job,
        "form": form,
        "file": file,
        "columns": chosen,
        "table": table,
        "lines": table.lines[:LINES_SHOWN],
        "missing": [columns.NAMES[field] for field in missing],
        "each": sorted(columns.wide(job.columns, table)),
        "found": found,
        "faults": found.faults[:FAULTS_SHOWN],
        "more_faults": max(0, len(found.faults) - FAULTS_SHOWN),
        "set": IndicatorSet.objects.in_year(job.year),
    }
    status = 400 if form.errors else 200
    return render(request, "pledges/employers/survey/check.html", context, status=status)


def _posted(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _file_name(request: HttpRequest) -> str:
    return cast(UploadedFile, request.FILES["file"]).name or ""
