"""What other apps ask people to confirm by mail: the registry CONFIRMATIONS."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from geo.core.registry import registered
from pledges.accounts.models import Confirmation, User

SHORT_LIFE = datetime.timedelta(hours=24)


@dataclass(frozen=True)
class Asked:
    """One kind of question: the words of its mail and its page, and what is done once answered.

    `subject` and `first` are of the mail, `question` and `button` of the page behind its link,
    which shows `template`. `work` runs in the transaction of the answer; `after` gives the
    address to go to then, of whatever `Confirmation.subject` is.
    """

    subject: str | Promise
    first: str | Promise
    question: str | Promise
    button: str | Promise
    template: str
    work: Callable[[Confirmation, User], None]
    after: Callable[[Confirmation], str]
    kind: str  # what `Confirmation.kind` says
    life: datetime.timedelta = SHORT_LIFE


def asked(kind: str) -> Asked | None:
    """Return how a kind of another app is asked about; None for the kinds of pledges."""
    return next((one for one in registered("CONFIRMATIONS") if one.kind == kind), None)
