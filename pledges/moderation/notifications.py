"""Mails about decisions and messages: queued with what caused them, in words of ours alone.

What a moderator or a stranger wrote is on the page behind the link, and in no mail.
"""

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from pledges.accounts.confirmation import NotConfirmed
from pledges.moderation.models import Case, Decision, Message
from pledges.notifications import mail_tasks
from pledges.notifications.mails import Mail, address

SALT = "pledges.moderation.decision"
LINK_LIVES = 60 * 24 * 3600  # seconds


@task()
def send_decision(key: int, tries: int = 0) -> None:
    """Tell an author what was decided; nothing where it was taken back meanwhile."""
    decision = Decision.objects.filter(pk=key).select_related("case__author").first()
    if not decision or not decision.case.author or decision.case.decisions.last() != decision:
        return
    try:
        decision_letter(decision).to(decision.case.author.email).send()
    except OSError as error:  # of which all errors of mail servers are kinds
        mail_tasks.again(send_decision, mail_tasks.PATIENCE, tries, error, key=key)


@task()
def send_message(key: int, tries: int = 0) -> None:
    """Say that there is a message; nothing where it was read, or hidden, meanwhile."""
    waiting = Message.objects.filter(pk=key, relayed_at=None, read_at=None, hidden_at=None)
    message = waiting.filter(recipient__is_active=True).select_related("recipient").first()
    if not message:
        return
    try:
        message_letter(message).to(message.recipient.email).send()
    except OSError as error:
        mail_tasks.again(send_message, mail_tasks.PATIENCE, tries, error, key=key)
        return
    Message.objects.filter(pk=key).update(relayed_at=timezone.now())


def decision_letter(decision: Decision) -> Mail:
    """The mail to the author: what happened, the reason from our list, and where to answer."""
    outcomes = Case.Outcome
    subject, first = {
        outcomes.HIDDEN: (
            _("A moderator hid something you wrote"),
            _("A moderator of Changemap has hidden something you wrote: others no longer see it."),
        ),
        outcomes.BLOCKED: (
            _("Your account is blocked"),
            _(
                "A moderator of Changemap has hidden something you wrote and blocked your account:"
                " others no longer see what you wrote, and you cannot sign in."
            ),
        ),
    }.get(
        outcomes(decision.outcome),
        (
            _("What you wrote is in view"),
            _("A moderator of Changemap has looked at what you wrote, and others see it now."),
        ),
    )
    lines = [first]
    last = []
    if decision.ground:
        reason = Decision.Ground(decision.ground).label
        lines.append(_("The reason: %(reason)s.") % {"reason": reason})
    if decision.case.answerable:
        last.append(_("On the page you can answer once, and a moderator looks at it again."))
    return Mail(subject, lines, link=address("decision-link", token_of(decision.case)), last=last)


def message_letter(message: Message) -> Mail:
    first = message.first_id or message.pk
    return Mail(
        _("There is a message for you"),
        [_("Somebody wrote to you through Changemap about a pledge. Sign in to read it.")],
        link=address("thread", first),
        last=[
            _("They do not see your address. On the page you can answer, report or block them."),
        ],
    )


def token_of(case: Case) -> str:
    """The link of a mail: whoever has it reads and answers the one case, also when blocked."""
    return signing.dumps(case.pk, salt=SALT)


def case_of(token: str) -> Case:
    """Return the case of a mail's link. Raises NotConfirmed where it is wrong or too old."""
    try:
        key = signing.loads(token, salt=SALT, max_age=LINK_LIVES)
    except signing.BadSignature:
        raise NotConfirmed from None
    case = Case.objects.filter(pk=key).first()
    if case is None:
        raise NotConfirmed
    return case
