"""Mails about events: queued with what caused them, written when the worker sends them.

A mail that the rows no longer bear out is not sent: nobody is told of a place that they have
given up since, or of a time that has changed again.
"""

import datetime
from email.mime.text import MIMEText
from enum import StrEnum

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django_tasks import task

from hubs.events import calendars
from hubs.events import links as qr
from hubs.events import mails as letters
from hubs.events.models import Announcement, Event, Registration
from pledges.notifications.mail_tasks import PATIENCE, again

State = Registration.State


class Mail(StrEnum):
    """What a mail says."""

    PLACED = "placed"
    WAITING = "waiting"
    MOVED_UP = "moved-up"
    LEFT = "left"
    LEFT_THE_LIST = "left-the-list"
    CHANGED = "changed"
    EVENT_CANCELLED = "event-cancelled"
    TOMORROW = "tomorrow"
    SOON = "soon"


INVITES = {Mail.PLACED, Mail.MOVED_UP, Mail.CHANGED}
# A reminder of a day before, and the time that its mail may wait for a mail server.
DAY_AHEAD = datetime.timedelta(hours=25)
SHOWS_CODE = {Mail.PLACED, Mail.MOVED_UP, Mail.TOMORROW}


def post(registration: Registration, what: Mail) -> None:
    """Queue a mail, in the transaction that gives the reason for it."""
    send.enqueue(key=registration.pk, what=str(what))


def announce(announcement: Announcement) -> int:
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
def send(key: int, what: str, tries: int = 0) -> None:
    """Write and send one mail to one person."""
    row = _registration(key)
    mail = Mail(what)
    if not row or not _holds(row, mail):
        return
    message = letters.of(row, mail).to(row.email)
    if mail in INVITES and row.placed:
        _attach(message, "REQUEST", calendars.invitation(row))
    elif mail in (Mail.LEFT, Mail.EVENT_CANCELLED) and row.placed_at:
        _attach(message, "CANCEL", calendars.withdrawal(row))
    if mail in SHOWS_CODE and not row.event.online:
        message.attach("code.png", qr.png(letters.check_in_address(row)), "image/png")
    try:
        message.send()
    except OSError as error:  # of which all errors of mail servers are kinds
        again(send, PATIENCE, tries, error, key=key, what=what)


@task()
def send_announcement(key: int, announcement: int, tries: int = 0) -> None:
    """Send what organisers wrote to one person, if it still concerns them."""
    row = _registration(key)
    told = Announcement.objects.filter(pk=announcement).first()
    if not row or not told or row.state not in Registration.ACTIVE:
        return
    try:
        letters.announcement(row, told).to(row.email).send()
    except OSError as error:
        again(send_announcement, PATIENCE, tries, error, key=key, announcement=announcement)


def _registration(key: int) -> Registration | None:
    """Whom a mail goes to; nobody once the address is forgotten."""
    rows = Registration.objects.select_related("event__hub")
    return rows.filter(pk=key, email__gt="").first()


def _holds(row: Registration, mail: Mail) -> bool:
    event = row.event
    if mail in (Mail.LEFT, Mail.LEFT_THE_LIST):
        return row.state == State.CANCELLED
    if mail == Mail.EVENT_CANCELLED:
        return event.cancelled and row.state in Registration.ACTIVE
    if event.status != Event.Status.PUBLISHED:
        return False
    if mail == Mail.WAITING:
        return row.waiting
    if mail == Mail.CHANGED:
        return row.state in Registration.ACTIVE
    if mail in (Mail.TOMORROW, Mail.SOON):
        return row.placed and not event.started and event.starts_at <= timezone.now() + DAY_AHEAD
    return row.placed


def _attach(message: EmailMultiAlternatives, method: str, calendar: bytes) -> None:
    """Attach a message for calendars; its type repeats the method (RFC 6047, 2.4)."""
    part = MIMEText(calendar.decode(), "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="event.ics")
    message.attach(part)
