"""What the newsletter says: numbers of what people wrote, and titles that hubs gave.

Nobody's own words stand in it: what is hidden an hour later would be in letterboxes for good. The
page that it leads to has them, as they stand then.
"""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hubs.mine.links import STOP
from hubs.mine.news import Fresh
from pledges.letters import Letter, address
from pledges.models import User


def newsletter(reader: User, fresh: Fresh, first: datetime.date) -> Letter:
    since = _("This is new since %(day)s in your topics and your area.")
    return Letter(
        _("What is new on your Changemap"),
        [since % {"day": date_format(first, "j F Y")}, *_lines(fresh)],
        link=address("my-changemap"),
        last=[
            _(
                "You asked for this newsletter. It comes once a week at most, and only when there"
                " is something new."
            )
        ],
        stop=address("newsletter-off", STOP.token(reader)),
    )


def _lines(fresh: Fresh) -> list[str]:
    pledges = ngettext("%(n)d new pledge", "%(n)d new pledges", fresh.pledges)
    posts = ngettext(
        "%(n)d new post in the conversation", "%(n)d new posts in the conversation", fresh.posts
    )
    lines = [words % {"n": n} for words, n in ((pledges, fresh.pledges), (posts, fresh.posts)) if n]
    lines += [
        _("New event, or changed: %(title)s. %(when)s") % {"title": event.title, "when": when}
        for event, when in fresh.events
    ]
    return lines + [_("New resource: %(title)s") % {"title": r.title} for r in fresh.resources]
