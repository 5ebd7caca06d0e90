"""Places at events: taken, waited for, given up. Every change locks the event's own row.

So no two can take the last place, nobody who waits moves up twice, and the mails, which are
queued in the same transaction, go to whom the rows say they go.
"""

import secrets
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.errors import GeoError
from hubs.events.mailing import Mail, post
from hubs.models import Answer, Event, Question, Registration
from pledges import confirming
from pledges.codes import LETTERS
from pledges.models import User

CODE_LENGTH = 6
KIND = "event"  # of confirmations: see `hubs.events.confirming`
State = Registration.State


class RegistrationClosed(GeoError):
    """The event takes nobody any more, or not yet."""

    code = "registration-closed"

    def __init__(self) -> None:
        super().__init__(_("You cannot register for this event now."))


def locked(event: Event) -> Event:
    """The event as it is now, which nobody else changes until the end of the transaction."""
    return Event.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)


@transaction.atomic
def apply(
    event: Event, *, name: str, email: str, answers: Mapping[Question, str], person: User | None
) -> Registration:
    """Write down who wants to come; a person who is signed in has the place, others are asked.

    Raises RegistrationClosed, and TooMany beyond the mails that one address may get.
    """
    if not event.takes_registrations():
        raise RegistrationClosed
    made = Registration.objects.create(
        event=event, name=name, email=email.lower(), person=person, demo=event.demo
    )
    Answer.objects.bulk_create(
        Answer(registration=made, question=question, text=text)
        for question, text in answers.items()
        if text
    )
    if person:
        return take_place(made, person)
    confirming.ask(KIND, email, subject=made)
    return made


@transaction.atomic
def take_place(registration: Registration, person: User) -> Registration:
    """Give a place, or one on the waiting list, to who has confirmed; return what holds it.

    That is the registration there was before, where the person has one already. Raises
    RegistrationClosed where the event takes nobody who asked when they did.
    """
    event = locked(registration.event)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.state != State.UNCONFIRMED:
        return row
    before = event.registrations.filter(email=row.email)
    if known := before.active().first():
        return known
    if not event.takes_registrations(at=row.created_at):
        raise RegistrationClosed
    now = timezone.now()
    full = event.capacity is not None and event.registrations.placed().count() >= event.capacity
    row.state = State.WAITING if full else State.PLACED
    row.person, row.confirmed_at, row.placed_at = person, now, None if full else now
    row.code = _new_code(event)
    # Beyond what their calendar was last told: a place, and that it was given up.
    row.turn = 2 * before.filter(state=State.CANCELLED).count()
    row.save()
    post(row, Mail.WAITING if full else Mail.PLACED)
    return row


@transaction.atomic
def give_up(registration: Registration) -> bool:
    """Give up a place; whoever has waited longest has it now. False where there was none."""
    event = locked(registration.event)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.state not in Registration.ACTIVE:
        return False
    had_place = row.placed
    row.state, row.cancelled_at = State.CANCELLED, timezone.now()
    row.save(update_fields=["state", "cancelled_at"])
    post(row, Mail.LEFT if had_place else Mail.LEFT_THE_LIST)
    move_up(event)
    return True


def move_up(event: Event) -> int:
    """Give the free places to who has waited longest; return to how many. `event` is locked."""
    if event.status != Event.Status.PUBLISHED or event.started:
        return 0
    waiting = event.registrations.waiting().select_for_update()
    if event.capacity is not None:
        free = event.capacity - event.registrations.placed().count()
        waiting = waiting[: max(free, 0)]
    moved = 0
    for row in waiting:
        row.state, row.placed_at = State.PLACED, timezone.now()
        row.save(update_fields=["state", "placed_at"])
        post(row, Mail.MOVED_UP)
        moved += 1
    return moved


def _new_code(event: Event) -> str:
    """A code for the door that nobody else at this event has; the event is locked."""
    taken = set(event.registrations.exclude(code="").values_list("code", flat=True))
    while (code := "".join(secrets.choice(LETTERS) for _each in range(CODE_LENGTH))) in taken:
        pass
    return code
