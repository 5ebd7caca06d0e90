"""Mails, parsed: our own words, links from SITE_URL, plain text and HTML that say the same."""

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django_tasks_db.models import DBTaskResult

from pledges.accounts.models import Confirmation
from pledges.notifications import mail_tasks

Kind = Confirmation.Kind
HOSTILE = "Buy now http://evil.example/ <script>alert(1)</script>"


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_a_whole_mail(ask, pledge, settings, kind):
    settings.SITE_URL = "https://pledges.example.org"
    received = ask(kind, "dora@example.org", pledge(HOSTILE, display_name=HOSTILE))
    message = received.message
    assert message["To"] == "dora@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"]
    assert message.get_content_type() == "multipart/alternative"
    assert received.link.startswith("https://pledges.example.org/confirm/")
    assert len(received.code) == 8
    assert f"<h1>{message['Subject']}</h1>" in received.html
    for body in (received.text, received.html):
        assert received.code in body
        assert received.link in body


@pytest.mark.parametrize("kind", Kind)
def test_it_quotes_nobody(ask, pledge, kind):
    received = ask(kind, "dora@example.org", pledge(HOSTILE, display_name="Evil <b>Eve</b>"))
    for part in (str(received.message), received.text, received.html):
        for word in ("evil.example", "Buy now", "script", "Eve"):
            assert word not in part


class Away(BaseEmailBackend):
    """A mail server that cannot be reached: what the network does to us."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError


def test_a_server_that_is_away_is_tried_again(ask, pledge, post, settings):
    promised = pledge("I will listen.")
    reachable = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    mail_tasks.send_confirmation.enqueue(_asked(promised))
    assert post() == []
    later = DBTaskResult.objects.get()
    assert later.args_kwargs["kwargs"]["tries"] == 1
    settings.EMAIL_BACKEND = reachable
    assert post() == []  # not before its time
    DBTaskResult.objects.update(run_after=later.enqueued_at)
    assert [received.message["To"] for received in post()] == ["dora@example.org"]
    assert not DBTaskResult.objects.exists()


def test_it_gives_up_in_the_end(pledge, post, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    mail_tasks.send_confirmation.enqueue(
        _asked(pledge("I will listen.")), tries=len(mail_tasks.PATIENCE)
    )
    assert post() == []
    assert not DBTaskResult.objects.exists()


def test_nothing_is_sent_for_what_was_confirmed_meanwhile(pledge, post):
    key = _asked(pledge("I will listen."))
    Confirmation.objects.update(used_at="2026-01-01T00:00Z")
    mail_tasks.send_confirmation.enqueue(key)
    assert post() == []
    assert mail.outbox == []


def _asked(promised) -> int:
    return Confirmation.objects.create(
        kind=Kind.LIKE,
        email="dora@example.org",
        pledge=promised,
        token_digest="0" * 64,
        expires_at="2999-01-01T00:00Z",
    ).pk
