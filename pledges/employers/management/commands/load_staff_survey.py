"""Load the questions of the staff survey: its editions, their findings, the pledge of each."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from pledges.employers.survey import loaders as loading


class Command(BaseCommand):
    help = "Load the questions of the staff survey; the same file a second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--survey", type=Path, default=loading.STAFF_SURVEY)
        parser.add_argument("--force", action="store_true", help="load even the same file again")

    def handle(self, *, survey: Path, force: bool, **options: Any) -> None:
        try:
            loading.load(self.stdout.write, survey, force=force)
        except GeoError as error:
            raise CommandError(error.description) from error
