"""Asking a person by mail whether they meant it, and doing it once they say so.

    ask(Confirmation.Kind.JOIN, "alice@example.org", pledge)      # a mail with a code and a link
    found = answer_by_token(token)                                # the link: shows a button
    found = answer_by_code("alice@example.org", "K7M4XQ2P")       # the code: typed into a form
    person = confirm(found)                                       # what the button does

What is done is registered by those who do it:

    @doing(Confirmation.Kind.JOIN)
    def join_confirmed(confirmation: Confirmation, person: User) -> None: ...

Other apps ask about rows of their own, by kinds that they register: see
`pledges.accounts.confirmation_kinds`.

    ask("event", "alice@example.org", subject=registration)
"""

import datetime
import secrets
from collections.abc import Callable

from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from pledges.accounts import rate_limits
from pledges.accounts.codes import digest_of_code, digest_of_token
from pledges.accounts.confirmation_kinds import SHORT_LIFE, asked
from pledges.accounts.identity import account_of
from pledges.accounts.models import Confirmation, User
from pledges.notifications import mail_tasks
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge

Kind = Confirmation.Kind
Doing = Callable[[Confirmation, User], None]
LIVES = {Kind.PLEDGE: datetime.timedelta(days=7)}
MOST_TRIES = 10
DOINGS: dict[str, Doing] = {}


class NotConfirmed(GeoError):
    """A code or a link that is wrong, used, or too old: the answer does not tell which."""

    code = "not-confirmed"

    def __init__(self) -> None:
        super().__init__(
            _("This code or link is not right, has been used, or is too old. Ask for a new one.")
        )


def doing(kind: Kind) -> Callable[[Doing], Doing]:
    """Register what is done when a confirmation of this kind is answered, in its transaction."""

    def register(work: Doing) -> Doing:
        DOINGS[kind] = work
        return work

    return register


@transaction.atomic
def ask(
    kind: Kind | str,
    email: str,
    pledge: Pledge | None = None,
    organisation: Organisation | None = None,
    subject: Model | None = None,
) -> None:
    """Queue the mail that asks this person to confirm; answers alike for whatever address.

    Call it in the transaction that writes what is to be confirmed. Raises TooMany beyond the
    mails that one address may get in an hour. The secrets are made when the mail is written, so
    that no table or queue ever holds them: see `pledges.accounts.codes`.
    """
    rate_limits.take(rate_limits.MAILS_TO_ADDRESS, email.lower())
    other = asked(kind)
    life = other.life if other else LIVES.get(kind, SHORT_LIFE)
    confirmation = Confirmation.objects.create(
        kind=kind,
        email=email.lower(),
        pledge=pledge,
        organisation=organisation,
        subject=subject,
        token_digest=digest_of_token(secrets.token_urlsafe()),
        expires_at=timezone.now() + life,
    )
    mail_tasks.send_confirmation.enqueue(confirmation.pk)


def answer_by_token(token: str) -> Confirmation:
    """Return what the link of a mail stands for; nothing changes. Raises NotConfirmed."""
    found = (
        _waiting()
        .filter(token_digest=digest_of_token(token))
        .select_related("pledge", "organisation")
        .first()
    )
    if not found:
        raise NotConfirmed
    return found


def answer_by_code(email: str, code: str) -> Confirmation:
    """Return what the code stands for; a wrong one counts against all that wait for this address.

    Raises NotConfirmed; after ten wrong codes only the link is left.
    """
    given = digest_of_code(email, code)
    with transaction.atomic():
        rows = _waiting().filter(email=email.lower(), tries__lt=MOST_TRIES).order_by("pk")
        waiting = list(rows.select_for_update())
        found = [row for row in waiting if constant_time_compare(row.code_digest, given)]
        if not found:
            keys = [row.pk for row in waiting]
            Confirmation.objects.filter(pk__in=keys).update(tries=F("tries") + 1)
    # Outside of the transaction: the error must not undo the count.
    if not found:
        raise NotConfirmed
    return found[0]


@transaction.atomic
def confirm(confirmation: Confirmation) -> User:
    """Do what was confirmed, once, and return whose account it is now; makes it if need be.

    Raises NotConfirmed where it was used or has expired meanwhile, PermissionDenied where the
    account is blocked, and whatever the doing of its kind raises: then nothing is changed.
    """
    row = _waiting().select_for_update().filter(pk=confirmation.pk).first()
    if not row:
        raise NotConfirmed
    person = account_of(row.email)
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    other = asked(row.kind)
    work = other.work if other else DOINGS[row.kind]
    work(row, person)
    return person


def _waiting() -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(used_at__isnull=True, expires_at__gt=timezone.now())
