"""Mails about events: queued with what caused them, written when the worker sends them.

A mail that is no longer true when it would be sent is dropped: nobody is told of a place that they
have given up since, or of a time that has changed again.
"""

import datetime
from email.mime.text import MIMEText
from enum import StrEnum

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from hubs.events import calendars, mails
from hubs.events.models import Announcement, Event, Registration
from pledges.notifications.mail_tasks import PATIENCE, again

State = Registration.State


class MailKind(StrEnum):
    """What a mail about a registration says."""

    PLACED = "placed"
    WAITING = "waiting"
    MOVED_UP = "moved-up"
    LEFT = "left"
    LEFT_THE_LIST = "left-the-list"
    CHANGED = "changed"
    EVENT_CANCELLED = "event-cancelled"
    TOMORROW = "tomorrow"
    SOON = "soon"


INVITES = {MailKind.PLACED, MailKind.MOVED_UP, MailKind.CHANGED}
# A reminder of a day before, and the time that its mail may wait for a mail server.
DAY_AHEAD = datetime.timedelta(hours=25)
SHOWS_CODE = {MailKind.PLACED, MailKind.MOVED_UP, MailKind.TOMORROW}


def queue_mail(registration: Registration, kind: MailKind) -> None:
    """Queue a mail, in the transaction of the change that it tells of."""
    send.enqueue(key=registration.pk, kind=str(kind))


def queue_announcement(announcement: Announcement) -> int:
    """Queue what organisers wrote, a mail for each who is meant; return how many."""
    to = {
        Announcement.To.PLACED: [State.PLACED],
        Announcement.To.WAITING: [State.WAITING],
        Announcement.To.ALL: Registration.ACTIVE,
    }[Announcement.To(announcement.to)]
    keys = announcement.event.registrations.filter(state__in=to).values_list("pk", flat=True)
    for key in keys:
        send_announcement.enqueue(key=key, announcement=announcement.pk)
    return len(keys)


@task()
def send(key: int, kind: str, tries: int = 0) -> None:
    """Write and send one mail to one person."""
    row = _registration(key)
    mail = MailKind(kind)
    if not row or not _still_true(row, mail):
        return
    message = mails.registration_mail(row, mail).to(row.email)
    if mail in INVITES and row.placed:
        _attach(message, "REQUEST", calendars.invitation(row))
    elif mail in (MailKind.LEFT, MailKind.EVENT_CANCELLED) and row.placed_at:
        _attach(message, "CANCEL", calendars.withdrawal(row))
    if mail in SHOWS_CODE and not row.event.online:
        message.attach("code.png", mails.qr_png(row), "image/png")
    try:
        message.send()
    except OSError as error:  # of which all errors of mail servers are kinds
        again(send, PATIENCE, tries, error, key=key, kind=kind)


@task()
def send_announcement(key: int, announcement: int, tries: int = 0) -> None:
    """Send what organisers wrote to one person, if it still concerns them."""
    row = _registration(key)
    found = Announcement.objects.filter(pk=announcement).first()
    if not row or not found or row.state not in Registration.ACTIVE:
        return
    try:
        mails.announcement_mail(row, found).to(row.email).send()
    except OSError as error:
        again(send_announcement, PATIENCE, tries, error, key=key, announcement=announcement)


def _registration(key: int) -> Registration | None:
    """Whom a mail goes to; None once the address has been removed."""
    rows = Registration.objects.select_related("event__hub")
    return rows.filter(pk=key, email__gt="").first()


def _still_true(row: Registration, mail: MailKind) -> bool:
    event = row.event
    if mail in (MailKind.LEFT, MailKind.LEFT_THE_LIST):
        return row.state == State.CANCELLED
    if mail == MailKind.EVENT_CANCELLED:
        return event.cancelled and row.state in Registration.ACTIVE
    if event.status != Event.Status.PUBLISHED:
        return False
    if mail == MailKind.WAITING:
        return row.waiting
    if mail == MailKind.CHANGED:
        return row.state in Registration.ACTIVE
    if mail in (MailKind.TOMORROW, MailKind.SOON):
        return row.placed and not event.started and event.starts_at <= timezone.now() + DAY_AHEAD
    return row.placed


def _attach(message: EmailMultiAlternatives, method: str, calendar: bytes) -> None:
    """Attach a message for calendars; its type repeats the method (RFC 6047, 2.4)."""
    part = MIMEText(calendar.decode(), "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="event.ics")
    message.attach(part)


# Reminders: a day and an hour before an event, each once, to those who have a place.
DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
REMINDER_BATCH = 200  # mails queued in one transaction


def queue_reminders() -> int:
    """Queue the reminders whose time has come; return how many."""
    now = timezone.now()
    # In the last hour the second reminder is enough.
    first = _queue_reminders("day_reminder_at", MailKind.TOMORROW, DAY, now + HOUR, now)
    return first + _queue_reminders("hour_reminder_at", MailKind.SOON, HOUR, now, now)


def _queue_reminders(
    mark: str,
    kind: MailKind,
    ahead: datetime.timedelta,
    after: datetime.datetime,
    now: datetime.datetime,
) -> int:
    """Mark and queue in one transaction: a worker that is killed has done both or neither."""
    sent = 0
    while True:
        with transaction.atomic():
            due = (
                Registration.objects.placed()
                .filter(
                    event__status=Event.Status.PUBLISHED,
                    event__starts_at__gt=after,
                    event__starts_at__lte=now + ahead,
                    # Whoever got their place later than that has just had a mail.
                    placed_at__lt=F("event__starts_at") - ahead,
                    email__gt="",
                    **{f"{mark}__isnull": True},
                )
                .select_for_update(of=("self",), skip_locked=True)
                .order_by("pk")[:REMINDER_BATCH]
            )
            rows = list(due)
            Registration.objects.filter(pk__in=[row.pk for row in rows]).update(**{mark: now})
            for row in rows:
                queue_mail(row, kind)
        sent += len(rows)
        if len(rows) < REMINDER_BATCH:
            return sent
