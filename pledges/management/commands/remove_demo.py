"""Take all demo content out again; what people wrote stays."""

from django.core.management.base import BaseCommand

from pledges.accounts.retention import remove_demo
from pledges.counts.worker import rebuild_all


class Command(BaseCommand):
    help = "Remove every demo pledge and demo person."

    def handle(self, *args, **options) -> None:
        removed = remove_demo()
        # Counting what is left afresh is quicker than folding millions of changes away.
        rebuild_all()
        self.stdout.write(f"{removed:,} demo pledges removed.")
