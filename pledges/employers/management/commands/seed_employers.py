"""Write the fictional employers of the demo; remove_demo takes them out again."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pledges.employers.demo import seed
from pledges.employers.demo.organisations import fictional
from pledges.employers.demo.reports import seed_reports
from pledges.employers.demo.survey import seed_survey
from pledges.employers.models.staff_pledges import StaffPledge


class Command(BaseCommand):
    help = "Write fictional employers with what they do, in place of what there was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-none", action="store_true", help="only where there are none yet")

    def handle(self, *, if_none: bool, **options) -> None:
        if if_none and fictional().exists():
            self.stdout.write("Fictional employers are there already.")
            return
        if not StaffPledge.objects.exists():
            raise CommandError("There are no staff pledges yet. Run setup_data first.")
        self.stdout.write(f"{seed()} fictional employers.")
        self.stdout.write(f"{seed_survey()} figures of the staff survey, made up for them.")
        self.stdout.write(f"{seed_reports()} reports to their boards.")
