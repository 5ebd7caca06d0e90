"""Write the fictional employers of the demo; remove_demo removes them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pledges.employers.demo.organisations import fictional_employers
from pledges.employers.demo.seed import seed_employers, seed_reports
from pledges.employers.demo.survey import seed_survey
from pledges.employers.models.staff_pledges import StaffPledge


class Command(BaseCommand):
    help = "Write fictional employers with what they do, in place of what there was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-none", action="store_true", help="only where there are none yet")

    def handle(self, *, if_none: bool, **options: Any) -> None:
        if if_none and fictional_employers().exists():
            self.stdout.write("Fictional employers are there already.")
            return
        if not StaffPledge.objects.exists():
            raise CommandError("There are no staff pledges yet. Run setup_data first.")
        self.stdout.write(f"{seed_employers()} fictional employers.")
        self.stdout.write(f"{seed_survey()} figures of the staff survey, made up for them.")
        self.stdout.write(f"{seed_reports()} reports to their boards.")
