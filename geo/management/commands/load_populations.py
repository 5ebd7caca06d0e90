"""Load the residents of areas, by which dashboards tell pledges per 10,000."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.loaders.datasets import DataMissing, DataRefused
from geo.loaders.populations import load_populations


class Command(BaseCommand):
    help = "Load how many people live in each area from a CSV file with code and population."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV with the columns code and population")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            load_populations(options["file"], self.stdout.write)
        except (DataMissing, DataRefused) as error:
            raise CommandError(str(error)) from error
