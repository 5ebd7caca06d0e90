"""Load the regional hubs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from hubs.hub.loaders import HUBS, load_hubs


class Command(BaseCommand):
    help = "Load the hubs from JSON, after the boundaries; the same file again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=HUBS)
        parser.add_argument("--force", action="store_true", help="load even the same file again")

    def handle(self, *, file: Path, force: bool, **options: object) -> None:
        try:
            load_hubs(self.stdout.write, file, force=force)
        except GeoError as error:
            raise CommandError(error.description) from error
