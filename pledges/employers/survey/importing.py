"""Figures of a file written into the tables: all of them, or none."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo import uploads
from geo.uploads.reading import UploadRefused
from geo.uploads.storage import CheckedFile
from pledges.accounts.audit import note
from pledges.accounts.models import User
from pledges.employers.models.survey import Finding, SurveyImport
from pledges.employers.survey import columns
from pledges.employers.survey.dry_run import Trial, try_table
from pledges.employers.survey.judgement import judge
from pledges.employers.survey.tables import Table, read_table

KEPT = ("value", "n", "low", "high", "suppressed")


@transaction.atomic
def begin(year: int, file: CheckedFile, name: str, by: User) -> SurveyImport:
    """Keep a file to be looked over. Raises UploadRefused where it holds no table."""
    table = read_table(file)
    return SurveyImport.objects.create(
        year=year,
        upload=uploads.save_upload(file),
        file_name=name[:200],
        columns=columns.guess(table.headings),
        by=by,
    )


@transaction.atomic
def mend(job: SurveyImport, file: CheckedFile, name: str) -> None:
    """Take a mended file in place of the one before; what was said of its columns stays."""
    table = read_table(file)
    said = {what: at for what, at in job.columns.items() if at in table.headings}
    job.upload, job.file_name = uploads.save_upload(file), name[:200]
    job.columns = {**columns.guess(table.headings), **said}
    job.save()


def say_columns(job: SurveyImport, said: dict[str, str]) -> None:
    """Keep under which heading what is found."""
    job.columns = {what: heading for what, heading in said.items() if heading}
    job.save(update_fields=["columns"])


def table_of(job: SurveyImport) -> Table:
    """The table of a file that waits. Raises UploadRefused where the file is gone."""
    upload = job.upload
    if upload is None:
        raise UploadRefused(_("This file was imported already, and is not kept any longer."))
    with upload.file.open("rb") as kept:
        return read_table(CheckedFile(kept.read(), upload.extension, upload.media_type))


@transaction.atomic
def finish(job: SurveyImport) -> Trial:
    """Import what was looked over, tried once more; with any fault nothing is written."""
    waiting = SurveyImport.objects.select_for_update().get(pk=job.pk)
    table = table_of(waiting)
    if columns.missing(waiting.columns, table):
        raise UploadRefused(_("Say first which column holds what."))
    trial = try_table(waiting.year, table, waiting.columns)
    if trial.ready:
        write(waiting.year, trial.findings)
        waiting.upload, waiting.imported_at = None, timezone.now()
        waiting.figures = len(trial.findings)
        waiting.save()
        note(waiting, "survey imported", year=waiting.year, figures=len(trial.findings))
    return trial


@transaction.atomic
def write(year: int, findings: list[Finding]) -> None:
    """Write figures over those that are there, and what became of them this year and the next."""
    Finding.objects.bulk_create(
        findings,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["year", "organisation", "indicator"],
        update_fields=KEPT,
    )
    judge(year)
    if Finding.objects.filter(year=year + 1).exists():
        judge(year + 1)
