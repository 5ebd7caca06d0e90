"""Load the six pledges that employers make to their staff."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from pledges.employers import loaders as loading


class Command(BaseCommand):
    help = "Load the staff pledges; the same file a second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pledges", type=Path, default=loading.STAFF_PLEDGES)
        parser.add_argument("--force", action="store_true", help="load even the same file again")

    def handle(self, *, pledges: Path, force: bool, **options: Any) -> None:
        try:
            loading.load(self.stdout.write, pledges, force=force)
        except GeoError as error:
            raise CommandError(error.description) from error
