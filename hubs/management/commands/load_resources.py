"""Load the resources that come with the project."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from hubs.resources.loaders import RESOURCES, load_resources


class Command(BaseCommand):
    help = "Load resources from JSON with the files beside it; the same again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=RESOURCES)
        parser.add_argument("--force", action="store_true", help="load even the same files again")

    def handle(self, *, file: Path, force: bool, **options: object) -> None:
        try:
            load_resources(self.stdout.write, file, force=force)
        except GeoError as error:
            raise CommandError(error.description) from error
