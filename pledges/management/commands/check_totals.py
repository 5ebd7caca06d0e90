"""Compare the kept counts with the rows themselves, and mend what differs."""

from django.core.management.base import BaseCommand, CommandError

from geo.counts import rebuild
from pledges.counts.worker import rebuild_all, specs
from pledges.word_bitmaps import store


class Command(BaseCommand):
    help = "Compare the kept counts with the pledges; --repair mends, --rebuild counts afresh."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what differs")
        parser.add_argument("--rebuild", action="store_true", help="count everything afresh first")

    def handle(self, *args, **options) -> None:
        if options["rebuild"]:
            rebuild_all(self.stdout.write)
        wrong = 0
        for spec in specs():
            found = rebuild.differences(spec, options["repair"], self.stdout.write)
            for table, number in found.items():
                self.stdout.write(f"{spec.name}, {table}: {number} differ")
                wrong += number
        number = store.differences()
        self.stdout.write(f"bits of common words: {number} differ")
        if number and options["repair"]:
            store.choose_afresh()
        wrong += number
        if wrong and not options["repair"]:
            raise CommandError("Counts differ. Mend them with `check_totals --repair`.")
