from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from geo.loaders import postcodes


class Command(BaseCommand):
    help = "Load postcodes, outcodes and sectors from the installed data packages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--letters", help="only postcodes that begin with these, e.g. BSZ")
        parser.add_argument("--force", action="store_true", help="load again what is loaded")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            postcodes.load(
                self.stdout.write, letters=options["letters"], force=bool(options["force"])
            )
        except GeoError as error:
            raise CommandError(error.description) from error
