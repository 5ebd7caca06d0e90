"""Reminders: a day and an hour before an event, each once, to those who have a place."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from hubs.events.mail_tasks import Mail, post
from hubs.events.models import Event, Registration

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
AT_ONCE = 200  # mails queued in one transaction


def remind() -> int:
    """Queue the reminders whose time has come; return how many."""
    now = timezone.now()
    # Within the last hour the mail that says so is enough.
    return _remind("day_reminder_at", Mail.TOMORROW, DAY, now + HOUR, now) + _remind(
        "hour_reminder_at", Mail.SOON, HOUR, now, now
    )


def _remind(
    mark: str,
    what: Mail,
    ahead: datetime.timedelta,
    after: datetime.datetime,
    now: datetime.datetime,
) -> int:
    """Mark and queue together: a worker that is killed between two has done neither."""
    sent = 0
    while True:
        with transaction.atomic():
            due = (
                Registration.objects.placed()
                .filter(
                    event__status=Event.Status.PUBLISHED,
                    event__starts_at__gt=after,
                    event__starts_at__lte=now + ahead,
                    # Who has their place since then has just been told.
                    placed_at__lt=F("event__starts_at") - ahead,
                    email__gt="",
                    **{f"{mark}__isnull": True},
                )
                .select_for_update(of=("self",), skip_locked=True)
                .order_by("pk")[:AT_ONCE]
            )
            rows = list(due)
            Registration.objects.filter(pk__in=[row.pk for row in rows]).update(**{mark: now})
            for row in rows:
                post(row, what)
        sent += len(rows)
        if len(rows) < AT_ONCE:
            return sent
