"""The newsletter: to those who confirmed it, once a week at most, and only where there is news."""

import datetime
from collections.abc import Iterator

from django.db import transaction
from django_tasks import task

from hubs.mine import letters
from hubs.mine.news import Fresh
from hubs.models import Interests
from pledges.emails import PATIENCE, again
from pledges.models import User

BATCH = 200  # people at a step


def batches(day: datetime.date) -> Iterator[int]:
    """Queue the newsletters of a day, a batch at a time; yields how many each queued."""
    last = 0
    while keys := list(
        Interests.objects.waiting(day).filter(pk__gt=last).values_list("pk")[:BATCH]
    ):
        last = keys[-1][0]
        yield sum(_queue(key, day) for (key,) in keys)


@transaction.atomic
def _queue(person: int, day: datetime.date) -> bool:
    """Note that a person has been told, and queue the mail: perhaps lost, never sent twice."""
    rows = Interests.objects.waiting(day).select_for_update(of=["self"])
    chosen = rows.filter(pk=person).first()
    if chosen is None:
        return False
    first, last = chosen.told_until, day - datetime.timedelta(days=1)
    Interests.objects.filter(pk=person).update(told_until=day)
    send_newsletter.enqueue(person, first.isoformat(), last.isoformat())
    return True


@task()
def send_newsletter(person: int, first: str, last: str, tries: int = 0) -> None:
    """Send what was new from the first day to the last, as it stands now.

    Nothing where nothing was, and to nobody who wants none by now.
    """
    chosen = Interests.objects.filter(pk=person, newsletter_since__isnull=False)
    reader = User.objects.filter(pk__in=chosen.values("pk"), is_active=True).first()
    if not reader:
        return
    begin = datetime.date.fromisoformat(first)
    fresh = Fresh.of(reader, begin, datetime.date.fromisoformat(last))
    if not fresh:
        return
    try:
        letters.newsletter(reader, fresh, begin).to(reader.email).send()
    except OSError as error:  # of which all errors of mail servers are kinds
        again(send_newsletter, PATIENCE, tries, error, person=person, first=first, last=last)
