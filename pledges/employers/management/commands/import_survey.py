"""Import a year's figures of the staff survey from a CSV or XLSX file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from geo.uploads.documents import check_file
from pledges.employers.survey import columns
from pledges.employers.survey.dry_run import Trial, try_table
from pledges.employers.survey.importing import write
from pledges.employers.survey.tables import KINDS, read_table

MOST_SAID = 50  # faults


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

    def handle(self, *, file: Path, year: int, column: list[str], dry_run: bool, **options) -> None:
        try:
            with file.open("rb") as given:
                table = read_table(check_file(given, KINDS))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except GeoError as error:
            raise CommandError(error.description) from error
        said = columns.guess(table.headings) | _said(column, table.headings)
        if wanting := columns.missing(said, table):
            raise CommandError(f"Say with --column where this is: {', '.join(wanting)}.")
        trial = try_table(year, table, said)
        self._tell(trial)
        if not trial.ready:
            raise CommandError("Nothing was imported.")
        if not dry_run:
            write(year, trial.findings)
            self.stdout.write(f"{len(trial.findings)} figures imported.")

    def _tell(self, trial: Trial) -> None:
        for fault in trial.faults[:MOST_SAID]:
            self.stdout.write(f"Line {fault.line}, {fault.heading}: {fault.words}")
        self.stdout.write(
            f"{len(trial.findings)} figures of {trial.organisations} organisations can be read, "
            f"{trial.withheld} of them withheld; {len(trial.faults)} faults."
        )


def _said(given: list[str], headings: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for word in given:
        what, _equals, heading = word.partition("=")
        if what not in columns.NAMES or heading not in headings:
            raise CommandError(f"--column {word}: write WHAT=HEADING, of this file.")
        found[what] = heading
    return found
