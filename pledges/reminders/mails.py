"""The text of the reminder mail."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledges.notifications.mails import Mail, address
from pledges.pledging.models import ChangeDay


def reminder(day: datetime.date, number: int, done: str, stop: str) -> Mail:
    """The mail of one day, about so many parts; `done` and `stop` are the tokens of its links."""
    named = ChangeDay.objects.filter(date=day).first()
    written = date_format(day, "j F Y")
    if named:
        first = _("%(day)s is %(name)s.") % {"day": written, "name": named.local_name}
    else:
        first = _("You wanted to be done by %(day)s.") % {"day": written}
    asked = ngettext(
        "You promised something on Changemap. Have you done it? Then say so: the page shows what"
        " it was, and has a button.",
        "You promised %(number)d things on Changemap. Have you done any? Then say so: the page"
        " shows what they were, and has a button for each.",
        number,
    )
    return Mail(
        _("How is your pledge going?"),
        [first, asked % {"number": number}],
        link=address("reminder", done),
        last=[
            _("The link is for you alone. It changes nothing by being opened."),
            _("Of each pledge we remind you three times at most, and never once it is done."),
        ],
        stop=address("reminders-off", stop),
    )
