from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from geo.core.errors import GeoError
from geo.loaders import coverage


class Command(BaseCommand):
    help = (
        "Print how many live postcodes fall in the region and district of their own code; with"
        " --ods, how many organisations of a file fall in the region it names. Fails below the"
        " thresholds."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ods", type=Path, help="a file of the Organisation Data Service")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            agreed = self._ods(options["ods"]) if options["ods"] else self._postcodes()
        except GeoError as error:
            raise CommandError(error.description) from error
        if not agreed:
            raise CommandError("Boundaries and codes agree less than they must.")

    def _postcodes(self) -> bool:
        agreed = True
        for kind, (inside, nearest) in coverage.THRESHOLDS.items():
            with transaction.atomic():
                found = coverage.of_postcodes(kind)
            shares = found.shares
            self.stdout.write(
                f"{kind}: {found.total:,} live postcodes,"
                f" {shares[0]:.2%} inside (at least {inside:.2%}),"
                f" {shares[1]:.2%} with the nearest boundary (at least {nearest:.2%})"
            )
            agreed = agreed and found.enough
        return agreed

    def _ods(self, path: Path) -> bool:
        rows = list(coverage.of_organisations(path))
        for row in rows:
            if not row.agrees:
                found = ", ".join(row.found) or "no region"
                self.stdout.write(f"{row.code}, {row.postcode}: {row.region} said, {found} found")
        agreeing = sum(row.agrees for row in rows)
        self.stdout.write(f"{agreeing} of {len(rows)} organisations are in the region named")
        return bool(rows) and agreeing == len(rows)
