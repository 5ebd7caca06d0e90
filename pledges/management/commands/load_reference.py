"""Load the themes of pledges and the Change Days."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from pledges.organisations.loaders import reference


class Command(BaseCommand):
    help = "Load themes and Change Days from JSON; the same files a second time change nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--themes", type=Path, default=reference.THEMES)
        parser.add_argument("--change-days", type=Path, default=reference.CHANGE_DAYS)
        parser.add_argument("--force", action="store_true", help="load even the same files again")

    def handle(self, *, themes: Path, change_days: Path, force: bool, **options) -> None:
        try:
            reference.load_themes(self.stdout.write, themes, force=force)
            reference.load_change_days(self.stdout.write, change_days, force=force)
        except GeoError as error:
            raise CommandError(error.description) from error
