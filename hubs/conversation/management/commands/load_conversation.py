"""Load the themes of the conversation."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from hubs.conversation import loaders as loading


class Command(BaseCommand):
    help = "Load the themes of the conversation; the same file a second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--themes", type=Path, default=loading.THEMES)
        parser.add_argument("--force", action="store_true", help="load even the same file again")

    def handle(self, *, themes: Path, force: bool, **options) -> None:
        try:
            loading.load(self.stdout.write, themes, force=force)
        except GeoError as error:
            raise CommandError(error.description) from error
