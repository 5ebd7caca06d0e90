"""Load organisations: the shipped ones, or any file of the Organisation Data Service."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from pledges.organisations.loaders import organisations
from pledges.organisations.models import Organisation


class Command(BaseCommand):
    help = (
        "Load organisations from a CSV file in the layout of the NHS Organisation Data Service"
        " (27 columns, no header); without a file, those that come with the project."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument(
            "--details",
            type=Path,
            help="a CSV file with kinds, former and site names, e-mail domains and successors",
        )
        parser.add_argument(
            "--kind",
            choices=Organisation.Kind.values,
            default=Organisation.Kind.OTHER,
            help="what the organisations are that are new and have no details",
        )
        parser.add_argument("--force", action="store_true", help="load even the same file again")

    def handle(
        self, *, file: Path | None, details: Path | None, kind: str, force: bool, **options
    ) -> None:
        if file is None:
            file, details = organisations.ORGANISATIONS, details or organisations.DETAILS
        try:
            organisations.load(self.stdout.write, file, details, kind=kind, force=force)
        except GeoError as error:
            raise CommandError(error.description) from error
