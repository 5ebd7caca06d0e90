"""Write the made-up conversation of the demo; remove_demo takes it out again."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from geo.geocoding.models import Outcode
from hubs.conversation.demo.seed import seed
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Theme

DEFAULT = 1_000


class Command(BaseCommand):
    help = "Write demo posts with replies and support: 1,000 by default, 1,000,000 in minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--posts", type=int, default=DEFAULT)
        parser.add_argument("--if-none", action="store_true", help="only where there are none yet")

    def handle(self, *, posts: int, if_none: bool, **options) -> None:
        if posts < 1:
            raise CommandError("--posts must be at least 1.")
        if if_none and Post.objects.filter(demo=True).exists():
            self.stdout.write("Demo posts are there already.")
            return
        if not Theme.objects.exists() or not Outcode.objects.exclude(district_code="").exists():
            raise CommandError("There are no themes or outcodes yet. Run setup_data first.")
        self.stdout.write(f"{seed(posts, self.stdout.write):,} demo posts.")
