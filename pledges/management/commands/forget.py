"""Remove what is kept no longer; the worker does so each hour."""

from django.core.management.base import BaseCommand

from pledges.accounts.retention import forget


class Command(BaseCommand):
    help = "Remove what is kept no longer, by the table that the page /privacy/ shows."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count alone, remove nothing")

    def handle(self, *args, **options) -> None:
        found = forget(dry_run=options["dry_run"])
        for one in found:
            self.stdout.write(f"{one.number:8,}  {one.name}")
        total = sum(one.number for one in found)
        said = "would be forgotten" if options["dry_run"] else "forgotten"
        self.stdout.write(f"{total:8,}  in all {said}.")
