"""What organisers do with an event: write, publish, change, hold, cancel it.

Drafts are their makers' own: nothing is mailed, and they can be deleted. Whatever was published
stays, and whoever has a place is told what became of it. Who may do so is for the caller to ask.
"""

import secrets
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from geo.errors import GeoError
from hubs.events.mailing import Mail, announce, post
from hubs.events.registering import locked, move_up
from hubs.models import Announcement, Event, EventLink, Question, Registration
from pledges.models import User

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
