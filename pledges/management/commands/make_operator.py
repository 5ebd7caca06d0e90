from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from pledges.accounts.identity import known
from pledges.accounts.models import Grant, User
from pledges.accounts.roles import LastOperator, give, remove_factors, take_back


class Command(BaseCommand):
    help = "Make somebody an operator (with --remove: no longer), by e-mail address."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--remove", action="store_true", help="take the role back")
        parser.add_argument(
            "--new-telephone",
            action="store_true",
            help="remove their second factor: telephone and recovery codes are lost",
        )

    @transaction.atomic
    def handle(self, *, email: str, remove: bool, new_telephone: bool, **_: object) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email!r} is no e-mail address.") from error
        person = known(email)
        if remove:
            self._remove(person, email)
            return
        person = person or User.objects.create_user(email.lower())
        if not person.is_active:
            raise CommandError(f"The account of {email} is blocked.")
        if Grant.objects.of(person, Grant.Role.OPERATOR).exists():
            self.stdout.write(f"{person.email} is an operator already.")
        else:
            give(Grant(person=person, role=Grant.Role.OPERATOR))
            self.stdout.write(f"{person.email} is an operator now.")
        if new_telephone and remove_factors(person):
            self.stdout.write("Their second factor is removed.")
        self._say_what_next()

    def _remove(self, person: User | None, email: str) -> None:
        grant = Grant.objects.filter(person=person, role=Grant.Role.OPERATOR).first()
        if person is None or grant is None:
            raise CommandError(f"{email} is no operator.")
        try:
            take_back(grant)
        except LastOperator as error:
            raise CommandError(error.description) from error
        self.stdout.write(f"{person.email} is no operator any more.")

    def _say_what_next(self) -> None:
        self.stdout.write(f"They sign in at {settings.SITE_URL}/admin/ with a code by mail.")
        if settings.DEMO_OUTBOX:
            self.stdout.write(f"In this demo the mail is at {settings.SITE_URL}/demo/outbox/")
        self.stdout.write("Then they set up an app for sign-in codes on their telephone.")
