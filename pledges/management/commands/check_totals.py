"""Compare the kept counts with the rows themselves, and mend what differs."""

from django.core.management.base import BaseCommand, CommandError

from geo.totals import rebuild
from pledges.models.pledges import SPEC


class Command(BaseCommand):
    help = "Compare the kept counts with the pledges; --repair mends, --rebuild counts afresh."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what differs")
        parser.add_argument("--rebuild", action="store_true", help="count everything afresh first")

    def handle(self, *args, **options) -> None:
        if options["rebuild"]:
            rebuild.rebuild(SPEC, self.stdout.write)
        wrong = rebuild.differences(SPEC, repair=options["repair"])
        for table, number in wrong.items():
            self.stdout.write(f"{table}: {number} differ")
        if any(wrong.values()) and not options["repair"]:
            raise CommandError("Counts differ. Mend them with `check_totals --repair`.")
