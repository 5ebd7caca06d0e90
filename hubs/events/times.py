"""Times in London over changes of its clocks: from local time to a moment, and in words."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from geo.core.functions import LONDON


class NonexistentTime(ValueError):
    """The clocks go forward over this time of day: it does not exist."""


class AmbiguousTime(ValueError):
    """The clocks go back over this time of day: it is not clear which of the two is meant."""


def moment(day: datetime.date, time: datetime.time, later: bool | None = None) -> datetime.datetime:
    """Return the moment (UTC) of a day and a time in London.

    `later` says which of the two is meant in the hour that comes twice. Raises NonexistentTime, or
    AmbiguousTime where `later` is not given.
    """
    first = datetime.datetime.combine(day, time, LONDON)
    second = first.replace(fold=1)
    back = first.astimezone(datetime.UTC).astimezone(LONDON)
    if back.replace(tzinfo=None) != first.replace(tzinfo=None):
        raise NonexistentTime
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(datetime.UTC)
    if later is None:
        raise AmbiguousTime
    return (second if later else first).astimezone(datetime.UTC)


def local(at: datetime.datetime) -> datetime.datetime:
    return at.astimezone(LONDON)


def is_ambiguous(at: datetime.datetime) -> bool:
    """Whether London's clocks show the time of this moment twice on its day."""
    here = local(at)
    return here.utcoffset() != here.replace(fold=1 - here.fold).utcoffset()


def format_span(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """Return from when to when, in London; GMT or BST stand there when the clocks change."""
    start, end = timezone.localtime(starts_at, LONDON), timezone.localtime(ends_at, LONDON)
    zoned = start.utcoffset() != end.utcoffset() or is_ambiguous(starts_at) or is_ambiguous(ends_at)
    values = {
        "day": date_format(start, "l j F Y"),
        "last_day": date_format(end, "l j F Y"),
        "start": _time(start, zoned),
        "end": _time(end, zoned),
    }
    if start.date() == end.date():
        return _("%(day)s, %(start)s to %(end)s") % values
    return _("%(day)s, %(start)s to %(last_day)s, %(end)s") % values


def _time(at: datetime.datetime, zoned: bool) -> str:
    return date_format(at, "H:i") + (f" {at.tzname()}" if zoned else "")
