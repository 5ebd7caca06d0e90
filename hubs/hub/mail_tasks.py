"""Mails of hubs: queued with what caused them, written when the worker sends them."""

from django.utils import timezone
from django_tasks import task

from hubs.hub import mails
from hubs.hub.models import Hub, HubAnswer, HubMessage
from pledges.accounts import rate_limits
from pledges.notifications.mail_tasks import PATIENCE, again

# However much is written to a hub, it gets few mails: the page lists all messages.
NOTICES = rate_limits.Limit("notices-to-hub", 20, 3600)


@task()
def send_notice(key: int, tries: int = 0) -> None:
    """Tell a hub that a message waits, unless it had many such mails already."""
    message = HubMessage.objects.select_related("hub").filter(pk=key, closed_at=None).first()
    if not message:
        return
    try:
        if not tries:
            rate_limits.take(NOTICES, str(message.hub_id))
        mails.notice(message).to(message.hub.email).send()
    except rate_limits.TooMany:
        return
    except OSError as error:  # of which all errors of mail servers are kinds
        again(send_notice, PATIENCE, tries, error, key=key)


@task()
def send_answer(key: int, tries: int = 0) -> None:
    """Send a hub's answer to whoever wrote to it."""
    rows = HubAnswer.objects.select_related("message__hub")
    row = rows.filter(pk=key, sent_at__isnull=True).first()
    if not row:
        return
    try:
        mails.answer(row).send()
    except OSError as error:
        again(send_answer, PATIENCE, tries, error, key=key)
        return
    HubAnswer.objects.filter(pk=key).update(sent_at=timezone.now())


@task()
def send_farewell(hub: int, email: str, tries: int = 0) -> None:
    """Tell somebody that they are no longer in a hub's team."""
    found = Hub.objects.filter(pk=hub).first()
    if not found:
        return
    try:
        mails.farewell(found).to(email).send()
    except OSError as error:
        again(send_farewell, PATIENCE, tries, error, hub=hub, email=email)
