"""Load all data that comes with the project, in order; what is loaded already is left alone."""

import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

STEPS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("Postcodes", "load_postcodes", {}),
    ("Areas", "load_boundaries", {"shipped": True}),
    ("Places", "load_places", {}),
    ("Organisations", "load_organisations", {}),
    ("Themes and Change Days", "load_reference", {}),
    ("Staff pledges", "load_staff_pledges", {}),
    ("Questions of the staff survey", "load_staff_survey", {}),
    ("Hubs", "load_hubs", {}),
    ("Resources", "load_resources", {}),
    ("Themes of the conversation", "load_conversation", {}),
)


class Command(BaseCommand):
    help = "Load all that comes with the project; with DEMO=1, demo content too."

    def handle(self, *args: object, **options: object) -> None:
        steps = list(STEPS)
        if settings.DEMO:
            steps.append(("Demo pledges", "seed_demo", {"if_none": True}))
            steps.append(("Demo conversation", "seed_conversation", {"if_none": True}))
            steps.append(("Fictional employers", "seed_employers", {"if_none": True}))
            steps.append(("Demo events", "seed_events", {"if_none": True}))
        for number, (title, command, arguments) in enumerate(steps, 1):
            start = time.monotonic()
            self.stdout.write(f"[{number}/{len(steps)}] {title}")
            call_command(command, stdout=self.stdout, stderr=self.stderr, **arguments)
            self.stdout.write(f"      {time.monotonic() - start:.1f} s")
