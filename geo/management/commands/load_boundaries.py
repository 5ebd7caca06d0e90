import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from geo.areas.models import Area
from geo.core.errors import GeoError
from geo.loaders import areas, boundaries, boundary_files
from geo.loaders.boundary_files import Fields


class Command(BaseCommand):
    help = (
        "Load the boundaries of one kind of area from a file that OGR reads, e.g. a GeoPackage of"
        " the Office for National Statistics; or, with --shipped, all that the project ships."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--shipped", action="store_true", help="nations, regions, districts")
        parser.add_argument("--force", action="store_true", help="with --shipped: load again")
        parser.add_argument("--kind", choices=Area.Kind.values)
        parser.add_argument("--edition", help="short name of this issue, e.g. 2026-05")
        parser.add_argument("--valid-from", type=datetime.date.fromisoformat, help="2026-05-01")
        parser.add_argument("--source", default="", help="who publishes the file")
        parser.add_argument("--licence", default="", help="under which terms")
        parser.add_argument("--code", default="code", help="column of the area's code")
        parser.add_argument("--name", default="name", help="column of its name")
        parser.add_argument("--name-cy", help="column of its Welsh name")
        parser.add_argument("--parent", help="column of the wider area's code")
        parser.add_argument("--low", type=Path, help="the same areas, simplified, for far zooms")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            if options["shipped"]:
                areas.load_shipped(self.stdout.write, force=options["force"])
            else:
                self._load_file(options)
        except GeoError as error:
            raise CommandError(error.description) from error

    def _load_file(self, options: dict) -> None:
        for name in ("file", "kind", "edition", "valid_from"):
            if not options[name]:
                raise CommandError(f"Give {name.replace('_', '-')}, or --shipped.")
        fields = Fields(options["code"], options["name"], options["name_cy"], options["parent"])
        with transaction.atomic():
            edition = boundaries.edition(
                options["edition"],
                options["valid_from"],
                source=options["source"],
                licence=options["licence"],
            )
            shapes = boundary_files.read(options["file"], fields, low=options["low"])
            boundaries.save(options["kind"], edition, shapes, self.stdout.write)
