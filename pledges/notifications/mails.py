"""What our mails say: their words are ours alone, never what somebody typed into a form."""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pledges.accounts.confirmation_kinds import asked
from pledges.accounts.models import Confirmation

Kind = Confirmation.Kind


@dataclass(frozen=True)
class Mail:
    """One mail: a subject, paragraphs, perhaps a code, perhaps one link, and a last word.

    `stop` is the address at which its reader says that they want no more of the kind.
    """

    subject: str
    lines: list[str]
    code: str = ""
    link: str = ""
    last: list[str] = field(default_factory=list)
    stop: str = ""

    def to(self, email: str) -> EmailMultiAlternatives:
        """Return the mail as plain text and as simple HTML; automatic answers are asked not to."""
        context = {"letter": self, "site_url": settings.SITE_URL}
        message = EmailMultiAlternatives(
            subject=self.subject,
            body=render_to_string("pledges/notifications/letter.txt", context),
            to=[email],
            headers={"Auto-Submitted": "auto-generated", **self._ways_out()},
        )
        message.attach_alternative(
            render_to_string("pledges/notifications/letter.html", context), "text/html"
        )
        return message

    def _ways_out(self) -> dict[str, str]:
        """By these a mail program offers to unsubscribe in one click, RFC 8058."""
        if not self.stop:
            return {}
        return {
            "List-Unsubscribe": f"<{self.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }


def address(name: str, *parts: str) -> str:
    """Return the full address of a page, from SITE_URL: a Host header is anybody's word."""
    return settings.SITE_URL + reverse(name, args=parts)


def confirmation(row: Confirmation, code: str, token: str) -> Mail:
    """The mail that asks whether its reader meant it."""
    subject, first = _asking(row.kind)
    until = date_format(localtime(row.expires_at), "j F Y, H:i")
    return Mail(
        subject,
        [first],
        code=code,
        link=address("confirm-link", token),
        last=[
            _("The code and the link work once, until %(until)s.") % {"until": until},
            _("If this was not you, do nothing: it is not shown, and it is forgotten."),
        ],
    )


def _asking(kind: str) -> tuple[str, str]:
    """The subject of the mail that asks, and its first paragraph."""
    if other := asked(kind):
        return str(other.subject), str(other.first)
    return {
        Kind.PLEDGE: (
            _("Confirm your pledge"),
            _(
                "A pledge was made on Changemap with this e-mail address. If you made it, confirm"
                " it: until then nobody sees it."
            ),
        ),
        Kind.JOIN: (
            _("Confirm that you join a pledge"),
            _(
                "Somebody with this e-mail address wants to join a pledge on Changemap. If it was"
                " you, confirm it."
            ),
        ),
        Kind.LIKE: (
            _("Confirm that you like a pledge"),
            _(
                "Somebody with this e-mail address likes a pledge on Changemap. If it was you,"
                " confirm it."
            ),
        ),
        Kind.APPROVE: (
            _("A pledge for your organisation waits for approval"),
            _(
                "Somebody made a pledge on Changemap for your whole organisation. It is shown once"
                " a colleague with an address there approves it. Read it before you do."
            ),
        ),
    }[Kind(kind)]


def sign_in(code: str) -> Mail:
    return Mail(
        _("Your code to sign in"),
        [_("Type this code into the page where you asked for it.")],
        code=code,
        last=[
            _("The code works once, for 15 minutes. Never tell it to anybody."),
            _("If this was not you, do nothing: without the code nobody can sign in."),
        ],
    )


def no_account() -> Mail:
    return Mail(
        _("No account with this address"),
        [
            _(
                "Somebody, perhaps you, wanted to sign in to Changemap with this e-mail address."
                " There is no account with it."
            ),
            _(
                "You get an account when you confirm your first pledge, or when you join or like"
                " one. Perhaps you used another address then?"
            ),
        ],
        link=settings.SITE_URL + "/",
        last=[_("If this was not you, there is nothing to do.")],
    )
