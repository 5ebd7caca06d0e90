"""Mails as the worker sends them, and what their reader finds in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from pledges.accounts import confirmation
from pledges.accounts.models import Confirmation, User
from pledges.pledging.models import Pledge


@dataclass(frozen=True)
class Received:
    """A mail as it went over the wire, parsed again."""

    message: EmailMessage

    @property
    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content()

    @property
    def html(self) -> str:
        return self.message.get_body(("html",)).get_content()

    @property
    def code(self) -> str:
        return re.search(r"^Your code: (\S+)$", self.text, re.MULTILINE)[1]

    @property
    def link(self) -> str:
        return re.search(r"^(http\S+/confirm/\S+)$", self.text, re.MULTILINE)[1]

    @property
    def token(self) -> str:
        return self.link.rstrip("/").rsplit("/", 1)[1]


def work() -> None:
    """Run all that is queued, as the worker does, but on the test's own connection."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    while claimed := _claimed():
        worker.run_task(claimed)


def _claimed() -> DBTaskResult | None:
    with transaction.atomic():
        if row := DBTaskResult.objects.ready().get_locked():
            row.claim("test")
        return row


@pytest.fixture
def post(database, mailoutbox) -> Callable[[], list[Received]]:
    """Let the worker send what is queued; answers the mails it sent, parsed."""

    def deliver() -> list[Received]:
        seen = len(mail.outbox)
        work()
        return [
            Received(BytesParser(policy=default).parsebytes(sent.message().as_bytes()))
            for sent in mail.outbox[seen:]
        ]

    return deliver


@pytest.fixture
def ask(post) -> Callable[..., Received]:
    """Ask somebody to confirm something; answers the one mail that came."""

    def asked(kind: Confirmation.Kind, email: str, pledge: Pledge) -> Received:
        with transaction.atomic():
            confirmation.ask(kind, email, pledge)
        (received,) = post()
        return received

    return asked


@pytest.fixture
def signed_in(client) -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(person: User) -> Client:
        client.force_login(person)
        return client

    return sign_in
