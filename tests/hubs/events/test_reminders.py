"""Reminders: a day and an hour before, once each, to those who come and to nobody else."""

import datetime

import pytest
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from hubs.events import actions
from hubs.events.mail_tasks import queue_reminders
from hubs.events.models import Event, Registration

HOUR = datetime.timedelta(hours=1)


def begins_in(event: Event, span: datetime.timedelta, registered: datetime.timedelta) -> None:
    """Let it begin so long from now, and all places be so old."""
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(starts_at=now + span, ends_at=now + span + 2 * HOUR)
    Registration.objects.update(confirmed_at=now - registered)
    Registration.objects.filter(placed_at__isnull=False).update(placed_at=now - registered)


@pytest.fixture
def full(event, come, post):
    """Dora has a place, Emil waits, Fay gave hers up, Gus never confirmed."""
    held = event(capacity=1)
    come(held, "dora@example.org")
    come(held, "emil@example.org")
    actions.cancel_registration(come(held, "fay@example.org"))
    actions.register(held, name="Gus", email="gus@example.org", answers={}, person=None)
    post()
    return held


def test_a_day_before_and_an_hour_before_once_each(full, post):
    begins_in(full, 25 * HOUR, 48 * HOUR)
    assert queue_reminders() == 0
    begins_in(full, 24 * HOUR, 48 * HOUR)
    assert [queue_reminders(), queue_reminders()] == [1, 0]
    (mail,) = post()
    assert mail.message["To"] == "dora@example.org"
    assert mail.message["Subject"] == "Tomorrow: Clean hands for all"
    begins_in(full, 0.9 * HOUR, 48 * HOUR)
    assert [queue_reminders(), queue_reminders()] == [1, 0]
    (mail,) = post()
    assert (mail.message["To"], mail.message["Subject"]) == (
        "dora@example.org",
        "Soon: Clean hands for all",
    )
    assert queue_reminders() == 0
    assert post() == []


def test_the_worker_asks_for_them(full, post):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    assert import_string(settings.JOBS["reminders of events"]["run"])() == 1
    assert len(post()) == 1


def test_who_registers_late_has_just_been_told(full, post):
    begins_in(full, 20 * HOUR, HOUR)
    assert queue_reminders() == 0
    begins_in(full, 0.5 * HOUR, 2 * HOUR)
    assert queue_reminders() == 1
    (mail,) = post()
    assert mail.message["Subject"].startswith("Soon")


def test_a_worker_that_comes_late_sends_the_later_one_alone(full, post):
    begins_in(full, 0.5 * HOUR, 48 * HOUR)
    assert queue_reminders() == 1
    assert len(post()) == 1


def test_another_time_has_its_own_reminders(full, post):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    queue_reminders()
    post()
    full.refresh_from_db()
    later = timezone.now() + 72 * HOUR
    actions.update_event(full, {"starts_at": later, "ends_at": later + HOUR}, [])
    assert queue_reminders() == 0
    begins_in(full, 20 * HOUR, 96 * HOUR)
    assert queue_reminders() == 1


@pytest.mark.parametrize("status", [Event.Status.CANCELLED, Event.Status.HELD])
def test_nobody_is_reminded_of_what_does_not_come(full, status):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    Event.objects.update(status=status)
    assert queue_reminders() == 0


def test_a_reminder_that_waited_in_the_queue_is_not_sent_for_a_cancelled_event(full, post):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    queue_reminders()
    full.refresh_from_db()
    actions.cancel(full)
    assert {mail.message["Subject"] for mail in post()} == {"Cancelled: Clean hands for all"}


def test_a_place_given_up_meanwhile_is_not_reminded_of(full, post):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    queue_reminders()
    actions.cancel_registration(full.registrations.placed().get())
    subjects = sorted((mail.message["To"], mail.message["Subject"]) for mail in post())
    assert [to for to, subject in subjects if subject.startswith("Tomorrow")] == []
    assert ("emil@example.org", "You have a place now: Clean hands for all") in subjects


class Away(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_a_mail_is_sent_later_if_the_mail_server_is_away(full, post, settings):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    queue_reminders()
    reachable = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    assert post() == []
    settings.EMAIL_BACKEND = reachable
    DBTaskResult.objects.update(run_after=F("enqueued_at"))
    (mail,) = post()
    assert mail.message["Subject"] == "Tomorrow: Clean hands for all"
