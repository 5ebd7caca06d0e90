from django.core.management.base import BaseCommand, CommandError

from geo.boundarybuild import environment


class Command(BaseCommand):
    help = (
        "Derive the shipped areas and base layer again from public packages, in a virtual "
        "environment of its own, and measure them."
    )
    requires_system_checks = []

    def handle(self, *args: object, **options: object) -> None:
        if environment.run() != 0:
            raise CommandError("The boundaries were not built, or are not as good as they must be.")
