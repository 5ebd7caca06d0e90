"""Learn the words that pledges are written in: for misspelt searches, and which are common."""

from django.core.management.base import BaseCommand

from pledges.feed import spelling
from pledges.feed.models import Word
from pledges.word_bitmaps import store


class Command(BaseCommand):
    help = "Learn the words of all public pledges afresh; the worker learns those of late ones."

    def handle(self, *args, **options) -> None:
        spelling.learn_afresh()
        store.choose()
        self.stdout.write(f"{Word.objects.count()} words are known.")
