"""Learn the words that pledges are written in, by which misspelt searches are understood."""

from django.core.management.base import BaseCommand

from pledges.models import Word
from pledges.wall import spelling


class Command(BaseCommand):
    help = "Learn the words of all public pledges afresh; the worker learns those of late ones."

    def handle(self, *args, **options) -> None:
        spelling.learn_afresh()
        self.stdout.write(f"{Word.objects.count()} words are known.")
