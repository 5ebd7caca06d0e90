"""Write the made-up events of the demo; remove_demo takes them out again."""

from django.core.management.base import BaseCommand, CommandParser

from hubs.events.demo import seed
from hubs.events.models import Event


class Command(BaseCommand):
    help = "Write made-up events around today, in place of those there were."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-none", action="store_true", help="only where none is to come any more"
        )

    def handle(self, *, if_none: bool, **options: object) -> None:
        if if_none and Event.objects.filter(demo=True).upcoming().exists():
            self.stdout.write("Demo events are there already.")
            return
        self.stdout.write(f"{seed()} demo events.")
