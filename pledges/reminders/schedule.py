"""Reminders: on which days, of what, and the signed links in them.

A part is due on the day its author chose, else on the next Change Day; on Change Days whatever is
open is reminded of. A day that was missed is made up for, but not for long.
"""

import datetime
from dataclasses import dataclass

from django.core import signing
from django.db.models import Q, QuerySet

from geo.core.functions import LONDON
from pledges.accounts.models import User
from pledges.notifications.unsubscribe import StopLink, person_of, signed
from pledges.pledging.models import ChangeDay, Join, Pledge
from pledges.reminders.models import Reminder

MOST = 3  # of one part
LATE = datetime.timedelta(days=2)
# How long the link of a mail works to say that it is done.
DONE_FOR = datetime.timedelta(days=45)
DONE = "pledges.reminders.schedule.done"  # the salt: good for this one purpose
STOP = StopLink("pledges.reminders.schedule.stop")


@dataclass(frozen=True)
class Occasion:
    """A day on which people are reminded; on Change Days of all that is open."""

    day: datetime.date
    change_day: bool

    def pledges(self) -> QuerySet[Pledge]:
        """Open public pledges to remind their authors of; their index holds them in order."""
        rows = Pledge.objects.public().filter(_wants("author"), done_at__isnull=True)
        if self.change_day:
            return rows.filter(day__lt=self.day)
        return rows.filter(due=self.day)

    def joins(self) -> QuerySet[Join]:
        """The same of what people joined."""
        rows = Join.objects.filter(_wants("person"), pledge__public=True, done_at__isnull=True)
        if self.change_day:
            return rows.filter(created_at__lt=_midnight(self.day))
        return rows.filter(pledge__due=self.day)


def occasions(today: datetime.date) -> list[Occasion]:
    """Return today and the days before it that may still be made up for."""
    days = [today - LATE + datetime.timedelta(days=n) for n in range(LATE.days + 1)]
    special = set(ChangeDay.objects.filter(date__in=days).values_list("date", flat=True))
    return [Occasion(day, day in special) for day in days]


def still_open(person: User, day: datetime.date) -> list[Reminder]:
    """What a person was to be reminded of on that day, and has neither done nor withdrawn."""
    found = Reminder.objects.of(person).filter(occasion=day)
    return [row for row in found if row.pledge.public and not (row.join or row.pledge).done_at]


def done_token(person: User, day: datetime.date) -> str:
    return signing.dumps([person.pk, day.isoformat()], salt=DONE)


def read_done(token: str) -> tuple[User, datetime.date]:
    """Return whose link it is and of which day. Raises LinkEnded."""
    key, day = signed(token, DONE, DONE_FOR)
    return person_of(key), datetime.date.fromisoformat(day)


def _wants(who: str) -> Q:
    """People who want reminders; those of a demo have no letterbox."""
    wanted = {"is_active": True, "no_reminders_since__isnull": True, "demo": False}
    return Q(**{f"{who}__{name}": value for name, value in wanted.items()})


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), LONDON)
