"""Reminding people of what they promised, some at a time, each part once a day and thrice at most.

Whoever is to be reminded is locked first, so that of two workers one waits for the other and then
finds what it wrote. A person gets one mail a day, whatever number of parts it is about.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from pledges.accounts.models import User
from pledges.notifications import mail_tasks
from pledges.pledging.models import Join, Pledge
from pledges.reminders.models import Reminder
from pledges.reminders.schedule import MOST, Occasion, occasions

BATCH = 200  # parts in one transaction
Key = tuple[int, int | None]  # of the pledge, of the join


def remind(today: datetime.date | None = None, *, dry_run: bool = False) -> int:
    """Queue all reminders of today; return of how many parts. `dry_run` counts alone."""
    return sum(batches(today, dry_run=dry_run))


def batches(today: datetime.date | None = None, *, dry_run: bool = False) -> Iterator[int]:
    """Do the same a batch at a time, so that a worker can do other things in between."""
    for occasion in occasions(today or timezone.localdate()):
        for rows in (occasion.pledges(), occasion.joins()):
            for keys in _in_batches(rows):
                yield _remind(rows, keys, occasion, dry_run=dry_run)


def _in_batches(rows: QuerySet) -> Iterator[list[int]]:
    after = 0
    found = rows.order_by("pk").values_list("pk", flat=True)
    while keys := list(found.filter(pk__gt=after)[:BATCH]):
        yield keys
        after = keys[-1]


@transaction.atomic
def _remind(rows: QuerySet, keys: list[int], occasion: Occasion, *, dry_run: bool) -> int:
    whose = "author_id" if rows.model is Pledge else "person_id"
    chosen = rows.filter(pk__in=keys)
    people = User.objects.filter(pk__in=set(chosen.values_list(whose, flat=True))).order_by("pk")
    locked = [person.pk for person in people.select_for_update(no_key=True)]
    # Asked again: while it waited, somebody may have said that it is done.
    parts = {_key(part): getattr(part, whose) for part in chosen.only(*_fields(rows.model, whose))}
    due = [key for key in _not_reminded(parts, occasion) if parts[key] in locked]
    if dry_run or not due:
        return len(due)
    had_mail = _mailed(locked, occasion)
    Reminder.objects.bulk_create(
        Reminder(pledge_id=pledge, join_id=join, occasion=occasion.day) for pledge, join in due
    )
    for person in sorted({parts[key] for key in due} - had_mail):
        mail_tasks.send_reminder.enqueue(person, occasion.day.isoformat())
    return len(due)


def _fields(model: type, whose: str) -> tuple[str, ...]:
    return ("pk", whose) if model is Pledge else ("pk", "pledge_id", whose)


def _key(part: Pledge | Join) -> Key:
    return (part.pledge_id, part.pk) if isinstance(part, Join) else (part.pk, None)


def _not_reminded(parts: Iterable[Key], occasion: Occasion) -> list[Key]:
    """Of these parts, those not yet reminded of on this day, nor as often as may be."""
    parts = list(parts)
    joins = [join for _pledge, join in parts if join]
    own = {"join__in": joins} if joins else {"pledge__in": [key for key, _ in parts], "join": None}
    rows = Reminder.objects.filter(**own)
    had = list(rows.values_list("pledge", "join", "occasion"))
    times = Counter((pledge, join) for pledge, join, _day in had)
    today = {(pledge, join) for pledge, join, day in had if day == occasion.day}
    return [key for key in parts if key not in today and times[key] < MOST]


def _mailed(people: list[int], occasion: Occasion) -> set[int]:
    """Of these people, those who have a mail of this day already."""
    rows = Reminder.objects.filter(occasion=occasion.day)
    made = rows.filter(join__isnull=True, pledge__author__in=people)
    joined = rows.filter(join__person__in=people)
    return {
        *made.values_list("pledge__author", flat=True),
        *joined.values_list("join__person", flat=True),
    }


def stop_reminders(person: User) -> None:
    """They want no more reminders; the first wish is kept."""
    User.objects.filter(pk=person.pk, no_reminders_since__isnull=True).update(
        no_reminders_since=Now()
    )


def want_reminders(person: User) -> None:
    """They want reminders again."""
    User.objects.filter(pk=person.pk).update(no_reminders_since=None)
