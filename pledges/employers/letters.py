"""What the mails to who writes for an employer say: words of ours alone, and numbers."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledges.employers.links import STOP
from pledges.letters import Letter, address
from pledges.models import User


def digest(reader: User, numbers: Mapping[str, int]) -> Letter:
    """What waits at the desk: a line for each sort of thing."""
    n = {name: numbers.get(name, 0) for name in WORDS}
    lines = [_line(name, number) for name, number in n.items() if number]
    return Letter(
        _("What waits on your employer’s page"),
        [_("On Changemap’s page of your employer:"), *lines],
        link=address("my-employers"),
        last=[_("You get this once a day at most, and only when something new waits.")],
        stop=address("employer-mails-off", STOP.token(reader)),
    )


def _line(name: str, number: int) -> str:
    return WORDS[name](number) % {"n": number}


WORDS = {
    "overdue": lambda n: ngettext(
        "%(n)d action is past its last day.", "%(n)d actions are past their last day.", n
    ),
    "soon": lambda n: ngettext(
        "%(n)d action is due within a week.", "%(n)d actions are due within a week.", n
    ),
    "steps": lambda n: ngettext(
        "%(n)d step is due within a week.", "%(n)d steps are due within a week.", n
    ),
    "stale": lambda n: ngettext(
        "Nothing was said of %(n)d action for three months.",
        "Nothing was said of %(n)d actions for three months.",
        n,
    ),
    "sent": lambda n: ngettext(
        "%(n)d change waits for your approval.", "%(n)d changes wait for your approval.", n
    ),
    "returned": lambda n: ngettext(
        "%(n)d of your changes was returned, with the reason.",
        "%(n)d of your changes were returned, with the reason.",
        n,
    ),
}
