"""Remind people of what is due, or open on a Change Day; the worker does so each day."""

from django.core.management.base import BaseCommand

from pledges.reminders.actions import remind


class Command(BaseCommand):
    help = "Queue the reminders of today: each part once a day, and three times at most."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count alone, send nothing")

    def handle(self, *args, **options) -> None:
        number = remind(dry_run=options["dry_run"])
        said = "Would remind" if options["dry_run"] else "Reminded"
        self.stdout.write(f"{said} of {number} pledges and parts of pledges.")
