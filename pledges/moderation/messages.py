"""Getting in touch: messages between two people about a pledge, neither of whom sees addresses."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.core.errors import GeoError
from pledges.accounts import rate_limits
from pledges.accounts.models import User
from pledges.moderation import notifications
from pledges.moderation.models import Block, Message
from pledges.pledging.models import Pledge

FROM_PERSON = rate_limits.Limit("messages-from-person", 10, 3600)
TO_PERSON = rate_limits.Limit("messages-to-person", 60, 3600)


class NoMessages(GeoError):
    """Nobody can be written to here: why is nobody else's business."""

    code = "no-messages"

    def __init__(self) -> None:
        super().__init__(_("No message can be sent here."))


def may_write(pledge: Pledge, sender: User, recipient: User | None, *, answers: bool) -> bool:
    """Whether a message would be relayed: both in good standing, neither blocked by the other.

    `answers`: the recipient wrote to the sender first. Otherwise the pledge must allow it.
    """
    if recipient is None or recipient.pk == sender.pk or not pledge.public:
        return False
    if not (sender.is_active and recipient.is_active and (answers or pledge.contactable)):
        return False
    pair = (sender.pk, recipient.pk)
    return not Block.objects.filter(person__in=pair, blocked__in=pair).exists()


@transaction.atomic
def write(pledge: Pledge, sender: User, text: str) -> Message:
    """Write to the author of a pledge. Who wrote before goes on where they left off.

    Raises NoMessages, TooMany.
    """
    first = Message.objects.filter(pledge=pledge, sender=sender, first=None).first()
    if first:
        return reply(first, sender, text)
    if not may_write(pledge, sender, pledge.author, answers=False):
        raise NoMessages
    try:
        with transaction.atomic():
            return _relay(Message(pledge=pledge, sender=sender, recipient=pledge.author, text=text))
    except IntegrityError:
        # Sent twice at the same moment: the other was first.
        return Message.objects.get(pledge=pledge, sender=sender, first=None)


@transaction.atomic
def reply(first: Message, sender: User, text: str) -> Message:
    """Answer in a thread, or write on in one's own. The same twice in a row is sent once."""
    first = Message.objects.select_for_update(of=["self"], no_key=True).get(pk=first.pk)
    recipient = first.recipient if sender.pk == first.sender_id else first.sender
    answers = sender.pk == first.recipient_id
    if not may_write(first.pledge, sender, recipient, answers=answers):
        raise NoMessages
    last = Message.objects.thread(first).last()
    if last.sender_id == sender.pk and last.text == text:
        return last
    return _relay(
        Message(pledge=first.pledge, sender=sender, recipient=recipient, first=first, text=text)
    )


def _relay(message: Message) -> Message:
    message.save(force_insert=True)
    rate_limits.take(FROM_PERSON, str(message.sender_id))
    rate_limits.take(TO_PERSON, str(message.recipient_id))
    notifications.send_message.enqueue(message.pk)
    return message


def read(first: Message, person: User) -> None:
    """Note that a person has read what was written to them in a thread."""
    unread = Message.objects.thread(first).filter(recipient=person, read_at=None)
    unread.update(read_at=timezone.now())


def block(person: User, other: User) -> None:
    """A person gets no more messages from another, nor can write to them."""
    Block.objects.get_or_create(person=person, blocked=other)


def unblock(person: User, other: User) -> None:
    Block.objects.filter(person=person, blocked=other).delete()
