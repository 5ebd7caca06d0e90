"""Events as iCalendar (RFC 5545), and the messages that calendar programs understand (RFC 5546).

SEQUENCE only ever grows for each reader: an event counts its changes, and a registration adds its
`turn`, which grows when somebody gives up a place and takes another.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import (
    Calendar,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDDDTypes,
    vText,
)
from icalendar import Event as Entry

from geo.core.functions import LONDON
from hubs.events.models import Event, Registration
from hubs.events.times import local

PRODUCT = "-//Changemap//Events//EN"
REFRESH = datetime.timedelta(hours=1)
# Control characters that no calendar may hold; line breaks stay (RFC 5545, 3.1).
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]")
# Since 1996, by directive 2000/84/EC and the Summer Time Act 1972: at 01:00 UTC both times.
CLOCK_CHANGES = (
    (TimezoneDaylight, "BST", (1996, 3, 31, 1), 0, 1, 3),
    (TimezoneStandard, "GMT", (1996, 10, 27, 2), 1, 0, 10),
)


def feed(events: Iterable[Event], name: str, method: str = "PUBLISH") -> bytes:
    """Return a calendar of public events, without any link to join."""
    calendar = _calendar(method)
    for key in ("x-wr-calname", "name"):
        calendar.add(key, vText(_line(name)), encode=False)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(entry(event))
    return calendar.to_ical()


def invitation(registration: Registration) -> bytes:
    """Return the REQUEST that puts an event, or its change, into a guest's calendar."""
    return _message("REQUEST", registration, registration.turn)


def withdrawal(registration: Registration) -> bytes:
    """Return the CANCEL for an event that was cancelled, or for a place that was given up."""
    given_up = registration.state == Registration.State.CANCELLED
    return _message("CANCEL", registration, registration.turn + (1 if given_up else 0))


def entry(event: Event) -> Entry:
    """Return what the public may know of an event."""
    made = Entry()
    made.add("uid", f"{event.uid}@changemap")
    made.add("sequence", event.sequence)
    # The same each time, so that an unchanged calendar is the same file.
    made.add("dtstamp", event.changed_at)
    made.add("created", event.created_at)
    made.add("last-modified", event.changed_at)
    made.add("dtstart", _time(event.starts_at))
    made.add("dtend", _time(event.ends_at))
    made.add("summary", _line(event.title))
    address = settings.SITE_URL + event.get_absolute_url()
    made.add("url", address)
    words = [event.description.strip(), address]
    made.add("description", _text("\n\n".join(filter(None, words))))
    made.add("location", _line(event.place) if not event.online else _("Online"))
    if event.location:
        made.add("geo", (event.location.y, event.location.x))
    made.add("categories", [event.get_kind_display()])
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("class", "PUBLIC")
    return made


def _message(method: str, registration: Registration, turn: int) -> bytes:
    event = registration.event
    made = entry(event)
    made["sequence"] = event.sequence + turn
    made["dtstamp"] = vDDDTypes(timezone.now())
    made["class"] = vText("PRIVATE")
    if method == "CANCEL":
        made["status"] = vText("CANCELLED")
    elif event.join_link:
        own = settings.SITE_URL + registration.get_absolute_url()
        words = [event.description.strip(), _("Join: %(link)s") % {"link": event.join_link}, own]
        made["description"] = vText(_text("\n\n".join(filter(None, words))))
        made["location"] = vText(event.join_link)
    made.add("organizer", _organiser(event))
    guest = vCalAddress(f"mailto:{registration.email}")
    guest.params["CN"] = vText(_parameter(registration.name))
    guest.params["ROLE"] = vText("REQ-PARTICIPANT")
    guest.params["PARTSTAT"] = vText("ACCEPTED")
    guest.params["RSVP"] = vText("FALSE")
    made.add("attendee", guest, encode=False)
    calendar = _calendar(method)
    calendar.add_component(made)
    return calendar.to_ical()


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_london())
    return calendar


def _london() -> Timezone:
    """The time zone by its rule: a list of dates would end, and be fifty lines long."""
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for part, name, since, before, after, month in CLOCK_CHANGES:
        made = part()
        # A local time of no zone, which is what this component is to say.
        made.add("dtstart", datetime.datetime(*since, tzinfo=None))  # noqa: DTZ001 - see above
        made.add("tzoffsetfrom", datetime.timedelta(hours=before))
        made.add("tzoffsetto", datetime.timedelta(hours=after))
        made.add("tzname", name)
        made.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(made)
    return zone


def _time(at: datetime.datetime) -> datetime.datetime:
    """Local time with its zone; UTC for the second of the hour that comes twice.

    A local time that comes twice means the first of the two (RFC 5545, 3.3.5).
    """
    here = local(at)
    return at.astimezone(datetime.UTC) if here.fold else here


def _organiser(event: Event) -> vCalAddress:
    name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organiser = vCalAddress(f"mailto:{email}")
    organiser.params["CN"] = vText(_parameter(event.hub.name if event.hub else name))
    return organiser


def _line(text: str) -> str:
    return " ".join(CONTROL.sub(" ", text).split())


def _parameter(text: str) -> str:
    """No parameter may hold a double quote (RFC 5545, 3.2)."""
    return _line(text).replace('"', "'") or "?"


def _text(text: str) -> str:
    return CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def calendar_name(parts: Sequence[str]) -> str:
    """The name of a subscribed calendar: of the site, then of its filters."""
    return " – ".join(["Changemap", *parts])
