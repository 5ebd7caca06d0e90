"""The import of a file of figures: all of them, or none."""

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
from pledges.employers.survey.changes import recompute_changes
from pledges.employers.survey.dry_run import DryRun, dry_run
from pledges.employers.survey.tables import Table, read_table

FIGURES = ("value", "n", "low", "high", "suppressed")


@transaction.atomic
def start_import(year: int, file: CheckedFile, name: str, by: User) -> SurveyImport:
    """Store a file to be checked by an operator. Raises UploadRefused where it holds no table."""
    table = read_table(file)
    return SurveyImport.objects.create(
        year=year,
        upload=uploads.save_upload(file),
        file_name=name[:200],
        columns=columns.guess(table.headings),
        by=by,
    )


@transaction.atomic
def replace_file(job: SurveyImport, file: CheckedFile, name: str) -> None:
    """Store a corrected file instead; its columns stay as chosen, where it still has them."""
    table = read_table(file)
    chosen = {name: heading for name, heading in job.columns.items() if heading in table.headings}
    job.upload, job.file_name = uploads.save_upload(file), name[:200]
    job.columns = {**columns.guess(table.headings), **chosen}
    job.save()


def choose_columns(job: SurveyImport, chosen: dict[str, str]) -> None:
    """Store which heading each field is under; an empty heading means none."""
    job.columns = {name: heading for name, heading in chosen.items() if heading}
    job.save(update_fields=["columns"])


def table_of(job: SurveyImport) -> Table:
    """The table of a stored file. Raises UploadRefused where it was imported and is gone."""
    upload = job.upload
    if upload is None:
        raise UploadRefused(_("This file was imported already, and is not kept any longer."))
    with upload.file.open("rb") as file:
        return read_table(CheckedFile(file.read(), upload.extension, upload.media_type))


@transaction.atomic
def finish_import(job: SurveyImport) -> DryRun:
    """Check the file again and import it; with any fault nothing is written.

    Raises UploadRefused where it was imported already, or a column is missing.
    """
    waiting = SurveyImport.objects.select_for_update().get(pk=job.pk)
    table = table_of(waiting)
    if columns.missing(waiting.columns, table):
        raise UploadRefused(_("Say first which column holds what."))
    found = dry_run(waiting.year, table, waiting.columns)
    if found.ready:
        save_findings(waiting.year, found.findings)
        waiting.upload, waiting.imported_at = None, timezone.now()
        waiting.figures = len(found.findings)
        waiting.save()
        note(waiting, "survey imported", year=waiting.year, figures=len(found.findings))
    return found


@transaction.atomic
def save_findings(year: int, findings: list[Finding]) -> None:
    """Insert or replace figures of a year; recompute the changes of this year and the next."""
    Finding.objects.bulk_create(
        findings,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["year", "organisation", "indicator"],
        update_fields=FIGURES,
    )
    recompute_changes(year)
    if Finding.objects.filter(year=year + 1).exists():
        recompute_changes(year + 1)
