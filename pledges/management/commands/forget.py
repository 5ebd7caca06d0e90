"""Remove what is kept no longer; the worker does so each hour."""

from django.core.management.base import BaseCommand

from pledges.actions import forget


class Command(BaseCommand):
    help = "Remove pledges unconfirmed for seven days, ended confirmations and old limits."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count alone, remove nothing")

    def handle(self, *args, **options) -> None:
        found = forget(dry_run=options["dry_run"])
        said = "Would forget" if options["dry_run"] else "Forgot"
        self.stdout.write(
            f"{said} {found.pledges} pledges, {found.confirmations} confirmations"
            f" and {found.limits} limits."
        )
