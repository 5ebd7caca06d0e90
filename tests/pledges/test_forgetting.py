"""What is forgotten, and what is not."""

import datetime

from django.core.management import call_command
from django.utils import timezone

from pledges import confirming, limits
from pledges.models import Confirmation, Pledge, Taken

DAY = datetime.timedelta(days=1)


def aged(pledge: Pledge, days: float) -> Pledge:
    Pledge.objects.filter(pk=pledge.pk).update(created_at=timezone.now() - days * DAY)
    return pledge


def test_unconfirmed_pledges_are_forgotten_after_seven_days(pledge, capsys):
    old = aged(pledge(confirmed=False), 7.01)
    kept = {
        aged(pledge(confirmed=False), 6.99),
        aged(pledge(), 400),
        # The author answered; the organisation has not.
        aged(pledge(confirmed=False), 30),
    }
    answered = max(kept, key=lambda one: one.pk)
    Pledge.objects.filter(pk=answered.pk).update(verified_at=timezone.now())
    call_command("forget", "--dry-run")
    assert "Would forget 1 pledges" in capsys.readouterr().out
    assert Pledge.objects.filter(pk=old.pk).exists()
    call_command("forget")
    assert set(Pledge.objects.all()) == kept


def test_ended_questions_and_limits_go_with_them(pledge):
    confirming.ask(Confirmation.Kind.LIKE, "a@example.org", pledge())
    confirming.ask(Confirmation.Kind.LIKE, "b@example.org", pledge())
    Confirmation.objects.filter(email="a@example.org").update(expires_at=timezone.now() - DAY)
    limits.take(limits.MAILS_FROM_NETWORK, "192.0.2.1")
    Taken.objects.update(until=timezone.now() - DAY)
    limits.take(limits.MAILS_FROM_NETWORK, "192.0.2.2")
    call_command("forget")
    assert Confirmation.objects.get().email == "b@example.org"
    assert Taken.objects.count() == 1
