"""Reminders: a day and an hour before, once each, to those who come and to nobody else."""

import datetime

import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from hubs.events import actions as organising
from hubs.events import actions as registering
from hubs.events.models import Event, Registration
from hubs.events.reminders import remind

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
    registering.give_up(come(held, "fay@example.org"))
    registering.apply(held, name="Gus", email="gus@example.org", answers={}, person=None)
    post()
    return held


def test_a_day_before_and_an_hour_before_once_each(full, post):
    begins_in(full, 25 * HOUR, 48 * HOUR)
    assert remind() == 0
    begins_in(full, 24 * HOUR, 48 * HOUR)
    assert [remind(), remind()] == [1, 0]
    (mail,) = post()
    assert mail.message["To"] == "dora@example.org"
    assert mail.message["Subject"] == "Tomorrow: Clean hands for all"
    begins_in(full, 0.9 * HOUR, 48 * HOUR)
    assert [remind(), remind()] == [1, 0]
    (mail,) = post()
    assert (mail.message["To"], mail.message["Subject"]) == (
        "dora@example.org",
        "Soon: Clean hands for all",
    )
    assert remind() == 0
    assert post() == []


def test_the_worker_asks_for_them(full, post):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    assert import_string(settings.JOBS["reminders of events"]["run"])() == 1
    assert len(post()) == 1


def test_who_registers_late_has_just_been_told(full, post):
    begins_in(full, 20 * HOUR, HOUR)
    assert remind() == 0
    begins_in(full, 0.5 * HOUR, 2 * HOUR)
    assert remind() == 1
    (mail,) = post()
    assert mail.message["Subject"].startswith("Soon")


def test_a_worker_that_comes_late_sends_the_later_one_alone(full, post):
    begins_in(full, 0.5 * HOUR, 48 * HOUR)
    assert remind() == 1
    assert len(post()) == 1


def test_another_time_has_its_own_reminders(full, post):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    remind()
    post()
    full.refresh_from_db()
    later = timezone.now() + 72 * HOUR
    organising.change(full, {"starts_at": later, "ends_at": later + HOUR}, [])
    assert remind() == 0
    begins_in(full, 20 * HOUR, 96 * HOUR)
    assert remind() == 1


@pytest.mark.parametrize("status", [Event.Status.CANCELLED, Event.Status.HELD])
def test_nobody_is_reminded_of_what_does_not_come(full, status):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    Event.objects.update(status=status)
    assert remind() == 0


def test_a_reminder_that_waited_in_the_queue_is_not_sent_for_a_cancelled_event(full, post):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    remind()
    full.refresh_from_db()
    organising.cancel(full)
    assert {mail.message["Subject"] for mail in post()} == {"Cancelled: Clean hands for all"}


def test_a_place_given_up_meanwhile_is_not_reminded_of(full, post):
    begins_in(full, 20 * HOUR, 48 * HOUR)
    remind()
    registering.give_up(full.registrations.placed().get())
    subjects = sorted((mail.message["To"], mail.message["Subject"]) for mail in post())
    assert [to for to, subject in subjects if subject.startswith("Tomorrow")] == []
    assert ("emil@example.org", "You have a place now: Clean hands for all") in subjects
