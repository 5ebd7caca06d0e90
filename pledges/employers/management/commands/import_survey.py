"""Import a year's figures of the staff survey from a CSV or XLSX file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from geo.uploads.documents import check_file
from pledges.employers.survey import columns
from pledges.employers.survey.dry_run import DryRun
from pledges.employers.survey.dry_run import dry_run as check
from pledges.employers.survey.importing import save_findings
from pledges.employers.survey.tables import KINDS, read_table

FAULTS_SHOWN = 50


class Command(BaseCommand):
    help = (
        "Import a year of the staff survey from CSV or XLSX: all of it or, with a fault, nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="WHAT=HEADING",
            help=f"the heading under which something is found: {', '.join(columns.NAMES)}",
        )
        parser.add_argument("--dry-run", action="store_true", help="say the faults, write nothing")

    def handle(
        self, *, file: Path, year: int, column: list[str], dry_run: bool, **options: Any
    ) -> None:
        try:
            with file.open("rb") as given:
                table = read_table(check_file(given, KINDS))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except GeoError as error:
            raise CommandError(error.description) from error
        chosen = columns.guess(table.headings) | _parse(column, table.headings)
        if missing := columns.missing(chosen, table):
            raise CommandError(f"Say with --column where this is: {', '.join(missing)}.")
        found = check(year, table, chosen)
        self._report(found)
        if not found.ready:
            raise CommandError("Nothing was imported.")
        if not dry_run:
            save_findings(year, found.findings)
            self.stdout.write(f"{len(found.findings)} figures imported.")

    def _report(self, found: DryRun) -> None:
        for fault in found.faults[:FAULTS_SHOWN]:
            self.stdout.write(f"Line {fault.line}, {fault.heading}: {fault.words}")
        self.stdout.write(
            f"{len(found.findings)} figures of {found.organisations} organisations can be read, "
            f"{found.withheld} of them withheld; {len(found.faults)} faults."
        )


def _parse(options: list[str], headings: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for option in options:
        field, _equals, heading = option.partition("=")
        if field not in columns.NAMES or heading not in headings:
            raise CommandError(f"--column {option}: write WHAT=HEADING, of this file.")
        found[field] = heading
    return found
