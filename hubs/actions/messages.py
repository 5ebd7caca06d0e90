"""Writing to a hub, and its answers."""

import uuid

from django.db import transaction
from django.utils import timezone

from hubs import mailing
from hubs.models import Hub, HubAnswer, HubMessage
from pledges import limits
from pledges.models import User

FROM_ADDRESS = limits.Limit("hub-messages-from-address", 5, 3600)
FROM_NETWORK = limits.Limit("hub-messages-from-network", 60, 3600)


@transaction.atomic
def write_message(
    hub: Hub,
    *,
    text: str,
    email: str,
    form_key: uuid.UUID,
    network: str,
    name: str = "",
    sender: User | None = None,
) -> HubMessage:
    """Keep a message and tell the hub that one waits; the same form again does neither.

    `network` is `limits.network` of whoever writes. Raises TooMany.
    """
    if known := HubMessage.objects.filter(form_key=form_key).first():
        return known
    limits.take(FROM_NETWORK, network)
    limits.take(FROM_ADDRESS, email.lower())
    message, new = HubMessage.objects.get_or_create(
        form_key=form_key,
        defaults={"hub": hub, "text": text, "email": email, "name": name, "sender": sender},
    )
    if new:
        mailing.send_notice.enqueue(message.pk)
    return message


@transaction.atomic
def answer_message(message: HubMessage, author: User, text: str, form_key: uuid.UUID) -> HubAnswer:
    """Send an answer to whoever wrote the message, which then waits no more."""
    answer, new = HubAnswer.objects.get_or_create(
        form_key=form_key, defaults={"message": message, "author": author, "text": text}
    )
    if new:
        _close(message)
        mailing.send_answer.enqueue(answer.pk)
    return answer


@transaction.atomic
def put_aside(message: HubMessage) -> None:
    """Say that a message needs no answer."""
    _close(message)


@transaction.atomic
def reopen(message: HubMessage) -> None:
    """Let a message wait again."""
    HubMessage.objects.filter(pk=message.pk).update(closed_at=None)


def _close(message: HubMessage) -> None:
    HubMessage.objects.filter(pk=message.pk).update(closed_at=timezone.now())
