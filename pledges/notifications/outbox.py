"""The demo's mails: written into a folder, and shown on a page, instead of being sent."""

import email
import email.policy
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage as Mail
from django.core.mail.backends.base import BaseEmailBackend

KEPT = 50


class Outbox(BaseEmailBackend):
    """Writes each mail into a file of its own, complete before it has its name."""

    def send_messages(self, email_messages: Sequence[Mail]) -> int:
        folder = Path(settings.OUTBOX)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020}-{uuid.uuid4().hex}"
            part = folder / f"{name}.part"
            part.write_bytes(message.message().as_bytes())
            part.rename(folder / f"{name}.eml")
        for old in sorted(folder.glob("*.eml"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return len(email_messages)


def forget(before: datetime, dry_run: bool = False) -> int:
    """Remove the mails that were written before that moment; return how many there were."""
    limit = before.timestamp()
    old = [path for path in Path(settings.OUTBOX).glob("*") if path.stat().st_mtime < limit]
    if not dry_run:
        for path in old:
            path.unlink(missing_ok=True)
    return len(old)


@dataclass(frozen=True)
class Shown:
    """A mail as the page shows it."""

    to: str
    subject: str
    text: str
    sent_at: datetime | None


def newest() -> list[Shown]:
    """Return the mails of the demo, newest first."""
    return [_shown(path) for path in sorted(Path(settings.OUTBOX).glob("*.eml"), reverse=True)]


def _shown(path: Path) -> Shown:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise TypeError(f"{path} is no mail")
    body = message.get_body(("plain",))
    sent = message["Date"]
    return Shown(
        message["To"],
        message["Subject"],
        body.get_content() if body else "",
        sent and sent.datetime,
    )
