"""Every write of an event: what organisers do, and places taken, waited for, given up."""

import secrets
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from hubs.events.mail_tasks import Mail, announce, post
from hubs.events.models import Announcement, Answer, Event, EventLink, Question, Registration
from pledges.accounts import confirmation
from pledges.accounts.codes import LETTERS
from pledges.accounts.models import User

Status = Event.Status
# What a calendar shows, and whose change everybody who comes is told of.
WHEN_AND_WHERE = ("starts_at", "ends_at", "online", "join_link", "place", "location")
IN_CALENDARS = (*WHEN_AND_WHERE, "title", "description")


class NotNow(GeoError):
    """This cannot be done with an event as it stands."""

    code = "not-now"

    def __init__(self) -> None:
        super().__init__(_("This cannot be done with the event as it is now."))


@transaction.atomic
def make(person: User, fields: Mapping[str, object], questions: Iterable[Question]) -> Event:
    """Write a draft. `questions` are not saved yet; their positions follow their order."""
    event = Event(made_by=person, slug=new_slug(str(fields["title"])), **fields)
    event.save(force_insert=True)
    _ask(event, questions)
    return event


def new_slug(title: str) -> str:
    """The title in an address, and four letters by which two of one title differ."""
    return f"{slugify(title)[:60].strip('-') or 'event'}-{secrets.token_hex(2)}"


@transaction.atomic
def change(event: Event, fields: Mapping[str, object], questions: Iterable[Question]) -> Event:
    """Write an event anew: calendars hear of it, and who comes is told of another time or place.

    More room moves people up; less takes nobody's place away. Raises NotNow once it is over.
    """
    found = locked(event)
    if found.status not in (Status.DRAFT, Status.PUBLISHED):
        raise NotNow
    changed = {name for name, value in fields.items() if getattr(found, name) != value}
    for name, value in fields.items():
        setattr(found, name, value)
    told = found.status == Status.PUBLISHED
    if told and changed & set(IN_CALENDARS):
        found.sequence += 1
    found.save()
    _ask(found, questions)
    if "starts_at" in changed:
        found.registrations.update(day_reminder_at=None, hour_reminder_at=None)
    if told and changed & set(WHEN_AND_WHERE):
        for row in found.registrations.active():
            post(row, Mail.CHANGED)
    move_up(found)
    return found


@transaction.atomic
def publish(event: Event) -> None:
    """Show a draft to everybody. Raises NotNow for one whose time has come."""
    found = locked(event)
    if found.status != Status.DRAFT or found.started:
        raise NotNow
    _become(found, Status.PUBLISHED)


@transaction.atomic
def hold(event: Event) -> None:
    """Say that an event has taken place. Raises NotNow before its beginning."""
    found = locked(event)
    if found.status != Status.PUBLISHED or not found.started:
        raise NotNow
    _become(found, Status.HELD)


@transaction.atomic
def cancel(event: Event) -> None:
    """Call a published event off: all who come or wait are told, and their calendars too."""
    found = locked(event)
    if found.status != Status.PUBLISHED:
        raise NotNow
    found.sequence += 1
    _become(found, Status.CANCELLED)
    for row in found.registrations.active():
        post(row, Mail.EVENT_CANCELLED)


@transaction.atomic
def delete_draft(event: Event) -> None:
    """Remove a draft, which nobody else has seen."""
    found = locked(event)
    if found.status != Status.DRAFT:
        raise NotNow
    found.delete()


@transaction.atomic
def write_to_all(event: Event, person: User, *, to: str, subject: str, text: str) -> int:
    """Mail everybody who is meant, each once; return how many. Raises NotNow for a draft."""
    if event.status == Status.DRAFT:
        raise NotNow
    told = Announcement.objects.create(
        event=event, sent_by=person, to=to, subject=subject, text=text
    )
    return announce(told)


@transaction.atomic
def check_in(registration: Registration, *, here: bool = True) -> None:
    """Say that somebody has come, or take it back; the first moment stays. Raises NotNow."""
    row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if not row.placed or registration.event.status not in (Status.PUBLISHED, Status.HELD):
        raise NotNow
    if here != bool(row.checked_in_at):
        row.checked_in_at = timezone.now() if here else None
        row.save(update_fields=["checked_in_at"])


def add_link(event: Event, *, kind: str, title: str, address: str) -> None:
    """Add slides, a recording or something to read. Raises NotNow for a draft."""
    if event.status == Status.DRAFT:
        raise NotNow
    EventLink.objects.create(event=event, kind=kind, title=title, address=address)


def _become(event: Event, status: str) -> None:
    event.status = status
    event.save(update_fields=["status", "sequence", "changed_at"])


def _ask(event: Event, questions: Iterable[Question]) -> None:
    """Keep the questions that were asked before, so that their answers stay; drop the others."""
    kept = []
    for position, question in enumerate(questions, 1):
        question.event, question.position = event, position
        question.save()
        kept.append(question.pk)
    event.questions.exclude(pk__in=kept).delete()


CODE_LENGTH = 6
KIND = "event"  # of confirmations: see `hubs.events.confirmation`
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
    confirmation.ask(KIND, email, subject=made)
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
