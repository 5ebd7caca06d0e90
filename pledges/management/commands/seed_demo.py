"""Fill the map with demo pledges, marked as such everywhere; remove_demo takes them out again."""

import time

from django.core.management.base import BaseCommand, CommandError

from geo.areas.models import Area
from geo.geocoding.models import Outcode
from pledges.demo.seed import seed
from pledges.pledging.models import Pledge, Theme

DEFAULT = 20_000
NEEDED = {
    "themes": Theme.objects.all(),
    "regions": Area.objects.regions(),
    "outcodes": Outcode.objects.exclude(district_code=""),
}


class Command(BaseCommand):
    help = "Write demo pledges: 20,000 by default, 3,000,000 in minutes."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--pledges", type=int, default=DEFAULT)
        parser.add_argument("--if-none", action="store_true", help="only where there are none yet")

    def handle(self, *args, pledges: int, if_none: bool, **options) -> None:
        if pledges < 1:
            raise CommandError("--pledges must be at least 1.")
        if if_none and Pledge.objects.filter(demo=True).exists():
            self.stdout.write("Demo pledges are there already.")
            return
        for name, needed in NEEDED.items():
            if not needed.exists():
                raise CommandError(f"There are no {name} yet. Run setup_data first.")
        start = time.monotonic()
        seed(pledges, lambda words: self.stdout.write(f"  {words}"))
        self.stdout.write(f"{pledges:,} demo pledges in {time.monotonic() - start:.1f} s.")
