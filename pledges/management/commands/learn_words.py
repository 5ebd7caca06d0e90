"""Learn the words that pledges are written in: for misspelt searches, and which are common."""

from django.core.management.base import BaseCommand

from pledges.common import keeping
from pledges.models import Word
from pledges.wall import spelling


class Command(BaseCommand):
    help = "Learn the words of all public pledges afresh; the worker learns those of late ones."

    def handle(self, *args, **options) -> None:
        spelling.learn_afresh()
        keeping.choose()
        self.stdout.write(f"{Word.objects.count()} words are known.")
