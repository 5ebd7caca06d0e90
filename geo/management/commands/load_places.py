from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.core.errors import GeoError
from geo.loaders import places


class Command(BaseCommand):
    help = "Load cities, towns, villages and suburbs from the installed data package."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="load again what is loaded")

    def handle(self, *args: object, **options: object) -> None:
        try:
            places.load(self.stdout.write, force=bool(options["force"]))
        except GeoError as error:
            raise CommandError(error.description) from error
