"""What the mails about events say. They quote organisers, and nobody else."""

import io
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.utils.translation import gettext as _

from hubs.events.models import Announcement, Event, Registration
from pledges.notifications.mails import Mail, address


def registration_mail(row: Registration, kind: str) -> Mail:
    """The mail of a kind (`hubs.events.mail_tasks.MailKind`) to one person."""
    event = row.event
    subject, first = _opening(kind, event)
    lines = [first, f"{event.title}\n{event.when}"]
    still_on = kind not in ("left", "left-the-list", "event-cancelled")
    if still_on:
        lines.append(_where(row))
    if still_on and row.placed and not event.online:
        lines.append(
            _("Your code for the door is %(code)s. Show it, or the picture in the mail.")
            % {"code": row.code}
        )
    return Mail(subject, lines, link=_link(row, still_on), last=[_last(row, still_on)])


def announcement_mail(row: Registration, announcement: Announcement) -> Mail:
    """What an organiser wrote to everybody at an event."""
    event = row.event
    about = _("The organisers of “%(event)s” write to everybody who registered:") % {
        "event": event.title
    }
    paragraphs = [part.strip() for part in announcement.text.split("\n\n")]
    lines = [about, *filter(None, paragraphs)]
    return Mail(announcement.subject, lines, link=_link(row, True), last=[_last(row, True)])


def check_in_address(row: Registration) -> str:
    """The organisers' page that checks somebody in, with this code filled in."""
    page = address("event-check-in", row.event.slug)
    return f"{page}?{urlencode({'code': row.code})}"


def qr_png(row: Registration) -> bytes:
    """The check-in address as a QR code for mails, which show no SVG."""
    picture = io.BytesIO()
    _qr_code(row).save(picture, kind="png", scale=6, border=4)
    return picture.getvalue()


def qr_svg(row: Registration) -> bytes:
    """The check-in address as a QR code for pages."""
    picture = io.BytesIO()
    _qr_code(row).save(picture, kind="svg", scale=5, dark="#212b32", light="#fff")
    return picture.getvalue()


def _qr_code(row: Registration) -> segno.QRCode:
    return segno.make(check_in_address(row), error="m", micro=False)


def _opening(kind: str, event: Event) -> tuple[str, str]:
    values = {"event": event.title}
    return {
        "placed": (
            _("Your place: %(event)s") % values,
            _("You have a place. The file in this mail puts it into your calendar."),
        ),
        "waiting": (
            _("You are on the waiting list: %(event)s") % values,
            _("All places are taken. You move up by yourself when one is free, and we tell you."),
        ),
        "moved-up": (
            _("You have a place now: %(event)s") % values,
            _(
                "A place is free, and it is yours. The file in this mail puts it into your"
                " calendar."
            ),
        ),
        "left": (
            _("You gave up your place: %(event)s") % values,
            _("Your place goes to somebody else. The file in this mail clears your calendar."),
        ),
        "left-the-list": (
            _("You are off the waiting list: %(event)s") % values,
            _("You do not wait for a place any more."),
        ),
        "changed": (
            _("Changed: %(event)s") % values,
            _("The time or the place of this event has changed. This holds now:"),
        ),
        "event-cancelled": (
            _("Cancelled: %(event)s") % values,
            _("This event does not take place. We are sorry."),
        ),
        "tomorrow": (
            _("Tomorrow: %(event)s") % values,
            _("This event begins in a day or less. We look forward to seeing you."),
        ),
        "soon": (
            _("Soon: %(event)s") % values,
            _("This event begins within the hour."),
        ),
    }[kind]


def _where(row: Registration) -> str:
    event = row.event
    if not event.online:
        return _("Where: %(place)s") % {"place": event.place}
    if row.placed and event.join_link:
        return _("Online. Join here: %(link)s") % {"link": event.join_link}
    return _("Online. The link to join is on the page of your place.")


def _link(row: Registration, still_on: bool) -> str:
    if still_on:
        return settings.SITE_URL + row.get_absolute_url()
    return settings.SITE_URL + row.event.get_absolute_url()


def _last(row: Registration, still_on: bool) -> str:
    if still_on and row.placed:
        return _("You cannot come? Give up your place on that page, so that somebody else has it.")
    if still_on:
        return _("You do not want to wait? Say so on that page.")
    return _("There is nothing you need to do.")
