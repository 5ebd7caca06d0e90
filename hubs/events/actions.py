"""Every write of an event: by organisers, and registering, waiting and cancelling."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from hubs.conversation.models.posts import Post
from hubs.events.mail_tasks import MailKind, queue_announcement, queue_mail
from hubs.events.models import (
    Announcement,
    Answer,
    Discussion,
    Event,
    EventLink,
    Question,
    Registration,
)
from pledges.accounts import confirmation
from pledges.accounts.codes import LETTERS
from pledges.accounts.models import User

Status = Event.Status
# Fields of calendars; of changes of the first ones everybody who comes is told by mail.
WHEN_AND_WHERE = ("starts_at", "ends_at", "online", "join_link", "place", "location")
IN_CALENDARS = (*WHEN_AND_WHERE, "title", "description")


class NotNow(GeoError):
    """The status or the time of an event does not allow this."""

    code = "not-now"

    def __init__(self) -> None:
        super().__init__(_("This cannot be done with the event as it is now."))


@transaction.atomic
def create_event(
    person: User | None, fields: Mapping[str, Any], questions: Iterable[Question]
) -> Event:
    """Create a draft. `questions` are not saved yet; their positions follow their order."""
    event = Event(made_by=person, slug=new_slug(str(fields["title"])), **fields)
    event.save(force_insert=True)
    _save_questions(event, questions)
    return event


def new_slug(title: str) -> str:
    """A slug of the title, ending in four hexadecimal digits that tell two of one title apart."""
    return f"{slugify(title)[:60].strip('-') or 'event'}-{secrets.token_hex(2)}"


@transaction.atomic
def update_event(event: Event, fields: Mapping[str, Any], questions: Iterable[Question]) -> Event:
    """Change an event: calendars follow, and whoever comes is told of another time or place.

    A larger capacity promotes people who wait; a smaller one takes nobody's place away. Raises
    NotNow for an event that was held or cancelled.
    """
    found = lock_event(event)
    if found.status not in (Status.DRAFT, Status.PUBLISHED):
        raise NotNow
    changed = {name for name, value in fields.items() if getattr(found, name) != value}
    for name, value in fields.items():
        setattr(found, name, value)
    published = found.status == Status.PUBLISHED
    if published and changed & set(IN_CALENDARS):
        found.sequence += 1
    found.save()
    _save_questions(found, questions)
    if "starts_at" in changed:
        found.registrations.update(day_reminder_at=None, hour_reminder_at=None)
    if published and changed & set(WHEN_AND_WHERE):
        for row in found.registrations.active():
            queue_mail(row, MailKind.CHANGED)
    promote_waiting(found)
    return found


@transaction.atomic
def publish(event: Event) -> None:
    """Publish a draft. Raises NotNow once its beginning has passed."""
    found = lock_event(event)
    if found.status != Status.DRAFT or found.started:
        raise NotNow
    _set_status(found, Status.PUBLISHED)


@transaction.atomic
def mark_held(event: Event) -> None:
    """Say that an event has taken place. Raises NotNow before its beginning."""
    found = lock_event(event)
    if found.status != Status.PUBLISHED or not found.started:
        raise NotNow
    _set_status(found, Status.HELD)


@transaction.atomic
def cancel(event: Event) -> None:
    """Cancel a published event; everybody who comes or waits gets a mail for their calendar."""
    found = lock_event(event)
    if found.status != Status.PUBLISHED:
        raise NotNow
    found.sequence += 1
    _set_status(found, Status.CANCELLED)
    for row in found.registrations.active():
        queue_mail(row, MailKind.EVENT_CANCELLED)


@transaction.atomic
def delete_draft(event: Event) -> None:
    """Delete a draft. Raises NotNow for any other event."""
    found = lock_event(event)
    if found.status != Status.DRAFT:
        raise NotNow
    found.delete()


@transaction.atomic
def announce(event: Event, person: User, *, to: str, subject: str, text: str) -> int:
    """Mail everybody in a group, `Announcement.To`, each once; return how many. Raises NotNow."""
    if event.status == Status.DRAFT:
        raise NotNow
    announcement = Announcement.objects.create(
        event=event, sent_by=person, to=to, subject=subject, text=text
    )
    return queue_announcement(announcement)


@transaction.atomic
def check_in(registration: Registration, *, present: bool = True) -> None:
    """Mark somebody as present, or not; the time of the first check-in stays. Raises NotNow."""
    row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if not row.placed or registration.event.status not in (Status.PUBLISHED, Status.HELD):
        raise NotNow
    if present != bool(row.checked_in_at):
        row.checked_in_at = timezone.now() if present else None
        row.save(update_fields=["checked_in_at"])


def add_link(event: Event, *, kind: str, title: str, address: str) -> None:
    """Add slides, a recording or something to read. Raises NotNow for a draft."""
    if event.status == Status.DRAFT:
        raise NotNow
    EventLink.objects.create(event=event, kind=kind, title=title, address=address)


class TooManyLinks(GeoError):
    """The event has as many posts, or the post as many events, as may be linked."""

    code = "too-many-links"

    def __init__(self) -> None:
        super().__init__(_("There are as many links as there may be. Take one away first."))


@transaction.atomic
def link_post(event: Event, post: Post) -> None:
    """Link an event with a post, once. Raises NotNow for a cancelled one, TooManyLinks."""
    found = lock_event(event)
    if found.status == Status.CANCELLED:
        raise NotNow
    discussions = Discussion.objects.of_post(post)
    if discussions.filter(event=found).exists():
        return
    if max(found.discussions.count(), discussions.count()) >= Discussion.MOST:
        raise TooManyLinks
    Discussion.objects.create(event=found, post=post)


def unlink_post(event: Event, post: Post) -> None:
    """Unlink an event from a post and from those that were merged into it."""
    Discussion.objects.of_post(post).filter(event=event).delete()


def _set_status(event: Event, status: str) -> None:
    event.status = status
    event.save(update_fields=["status", "sequence", "changed_at"])


def _save_questions(event: Event, questions: Iterable[Question]) -> None:
    """Save these questions in their order; others of the event go, with their answers."""
    saved = []
    for position, question in enumerate(questions, 1):
        question.event, question.position = event, position
        question.save()
        saved.append(question.pk)
    event.questions.exclude(pk__in=saved).delete()


CODE_LENGTH = 6
KIND = "event"  # of confirmations: see `hubs.events.confirmation`
State = Registration.State


class RegistrationClosed(GeoError):
    """Registration for the event is over, or not open yet."""

    code = "registration-closed"

    def __init__(self) -> None:
        super().__init__(_("You cannot register for this event now."))


def lock_event(event: Event) -> Event:
    """Return the event as it is now, locked until the end of the transaction."""
    return Event.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)


@transaction.atomic
def register(
    event: Event, *, name: str, email: str, answers: Mapping[Question, str], person: User | None
) -> Registration:
    """Register somebody: at once if they are signed in, else once they confirm by mail.

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
        return confirm_registration(made, person)
    confirmation.ask(KIND, email, subject=made)
    return made


@transaction.atomic
def confirm_registration(registration: Registration, person: User) -> Registration:
    """Give a confirmed registration its place, or one on the waiting list, and return it.

    A person who is registered already keeps the earlier registration, which is returned. Raises
    RegistrationClosed if registration was not open when this one was made.
    """
    event = lock_event(registration.event)
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
    # Each earlier registration may have sent two calendar messages: REQUEST and CANCEL.
    row.turn = 2 * before.filter(state=State.CANCELLED).count()
    row.save()
    queue_mail(row, MailKind.WAITING if full else MailKind.PLACED)
    return row


@transaction.atomic
def cancel_registration(registration: Registration) -> bool:
    """Give up a place, which goes to whoever has waited longest. False where there was none."""
    event = lock_event(registration.event)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.state not in Registration.ACTIVE:
        return False
    had_place = row.placed
    row.state, row.cancelled_at = State.CANCELLED, timezone.now()
    row.save(update_fields=["state", "cancelled_at"])
    queue_mail(row, MailKind.LEFT if had_place else MailKind.LEFT_THE_LIST)
    promote_waiting(event)
    return True


def promote_waiting(event: Event) -> int:
    """Give free places to those who have waited longest; return how many. `event` is locked."""
    if event.status != Event.Status.PUBLISHED or event.started:
        return 0
    waiting = event.registrations.waiting().select_for_update()
    if event.capacity is not None:
        free = event.capacity - event.registrations.placed().count()
        waiting = waiting[: max(free, 0)]
    promoted = 0
    for row in waiting:
        row.state, row.placed_at = State.PLACED, timezone.now()
        row.save(update_fields=["state", "placed_at"])
        queue_mail(row, MailKind.MOVED_UP)
        promoted += 1
    return promoted


def _new_code(event: Event) -> str:
    """A check-in code that is unique at this event. The event is locked."""
    taken = set(event.registrations.exclude(code="").values_list("code", flat=True))
    while (code := "".join(secrets.choice(LETTERS) for _each in range(CODE_LENGTH))) in taken:
        pass
    return code
