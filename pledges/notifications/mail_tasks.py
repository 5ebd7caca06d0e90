"""Sending mails: queued in the database with what caused them, written and sent by a worker.

A worker claims a task with a lock that others skip, so no two send one mail. A worker that is
killed while it sends leaves the mail as it is: perhaps lost, never twice.
"""

import datetime
import logging

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResult, TaskResultStatus, task
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from pledges.accounts import codes
from pledges.accounts.models import Confirmation, User
from pledges.notifications import mails as letters
from pledges.reminders import mails
from pledges.reminders import schedule as reminders

# Seconds until the next try when the mail server is away; then the person must ask again.
PATIENCE = (15, 60, 300, 1800, 7200)
PATIENCE_FOR_CODES = (15, 60, 180)
log = logging.getLogger(__name__)


@task()
def send_confirmation(key: int, tries: int = 0) -> None:
    """Write and send the mail of one confirmation; nothing is sent for one used or expired.

    Its secrets are made here, so they are in no queue; a second try makes others.
    """
    with transaction.atomic():
        rows = Confirmation.objects.select_for_update()
        row = rows.filter(pk=key, used_at=None, expires_at__gt=timezone.now()).first()
        if not row:
            return
        code, token = codes.renew(row)
    try:
        letters.confirmation(row, code, token).to(row.email).send()
    except OSError as error:  # of which all errors of mail servers are kinds
        again(send_confirmation, PATIENCE, tries, error, key=key)


@task()
def send_sign_in(email: str, code: str | None, tries: int = 0) -> None:
    """Send the code to sign in, or, without one, say that there is no account."""
    letter = letters.sign_in(code) if code else letters.no_account()
    try:
        letter.to(email).send()
    except OSError as error:
        again(send_sign_in, PATIENCE_FOR_CODES, tries, error, email=email, code=code)


@task()
def send_reminder(person: int, day: str, tries: int = 0) -> None:
    """Remind a person of what they have open from that day; of nothing if they want no reminders.

    The links are signed here, so they are in no queue.
    """
    reader = User.objects.filter(
        pk=person, is_active=True, no_reminders_since__isnull=True, demo=False
    ).first()
    occasion = datetime.date.fromisoformat(day)
    number = len(reminders.still_open(reader, occasion)) if reader else 0
    if not number:
        return
    letter = mails.reminder(
        occasion,
        number,
        reminders.done_token(reader, occasion),
        reminders.STOP.token(reader),
    )
    try:
        letter.to(reader.email).send()
    except OSError as error:
        again(send_reminder, PATIENCE, tries, error, person=person, day=day)


def again(what, patience: tuple[int, ...], tries: int, error: OSError, **words) -> None:
    """Queue a task once more for later, with one try more; give up when patience is at its end."""
    # The error's words may hold an address, so only its kind goes into the log.
    if tries >= len(patience):
        log.error("A mail could not be sent (%s); giving up", type(error).__name__)
        return
    log.warning("A mail could not be sent (%s); trying again later", type(error).__name__)
    after = timezone.now() + datetime.timedelta(seconds=patience[tries])
    what.using(run_after=after).enqueue(**words, tries=tries + 1)


@receiver(task_finished)
def forget(sender: type, task_result: TaskResult, **_: object) -> None:
    """Forget a task that is done, with the code that it may have carried."""
    if task_result.status == TaskResultStatus.SUCCESSFUL:
        DBTaskResult.objects.filter(pk=task_result.id).delete()
