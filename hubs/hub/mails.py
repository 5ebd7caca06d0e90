"""The mails of hubs. They quote hubs, and nobody else."""

from django.core.mail import EmailMultiAlternatives
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from hubs.hub.models import Hub, HubAnswer, HubMessage
from pledges.notifications.mails import Mail, address


def notice(message: HubMessage) -> Mail:
    """Tells a hub that a message waits, and not what it says or whose it is."""
    return Mail(
        _("A message for your hub"),
        [
            _(
                "Somebody wrote to your hub on Changemap. Read the message and answer it there:"
                " your answer reaches the sender by mail."
            )
        ],
        link=address("hub-message", message.hub.slug, str(message.pk)),
        last=[_("Only stewards of the hub can open the page.")],
    )


def answer(row: HubAnswer) -> EmailMultiAlternatives:
    """A hub's answer, in its own words, to whoever wrote to it; answers go to the hub's mail."""
    message = row.message
    hub = message.hub
    written = date_format(localtime(message.created_at), "j F Y")
    first = _("You wrote to %(hub)s on %(day)s. This is the answer:")
    letter = Mail(
        _("An answer from %(hub)s") % {"hub": _in_one_line(hub)},
        [first % {"hub": hub.name, "day": written}, *_paragraphs(row.text)],
        last=[
            _("To write again, answer this mail, or use the hub’s page: %(page)s")
            % {"page": address("hub-write", hub.slug)}
        ],
    )
    mail = letter.to(message.email)
    mail.reply_to = [hub.email]
    # A person wrote it, so programs that answer for somebody away may do so (RFC 3834, 2).
    mail.extra_headers.pop("Auto-Submitted")
    return mail


def farewell(hub: Hub) -> Mail:
    """Tells somebody that they are no longer in a hub's team."""
    return Mail(
        _("You are no longer in the team of a hub"),
        [
            _("You no longer look after this hub on Changemap: %(hub)s.") % {"hub": hub.name},
            _("Your account and your own pledges stay as they are."),
        ],
        link=address("hub", hub.slug),
        last=[_("If this surprises you, ask the others of the team.")],
    )


def _in_one_line(hub: Hub) -> str:
    """A name without line breaks: a subject must not begin another header."""
    return " ".join(hub.name.split())


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
