"""What the conversation adds to dashboards: posts by theme, and those that stand out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.core.tables import Column, Row, Table
from hubs.conversation import totals
from hubs.conversation.feed.listing import POSTS, SUPPORTED
from hubs.conversation.feed.rising import Rising, rising
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Theme
from hubs.dashboards.dashboard import Section
from hubs.dashboards.query import DashboardQuery
from pledges.organisations.models import Organisation

SHOWN = 3


@dataclass(frozen=True)
class Highlights:
    """The most supported posts, those that nobody answered, and those that rise."""

    supported: Sequence[Post]
    unanswered: Sequence[Post]
    rising: list[Rising]
    query: str


def conversation_section(query: DashboardQuery) -> Section | None:
    """Posts of the place and days asked for; nothing under filters that are of pledges alone."""
    subject = query.subject
    if set(dict(query.filters.pairs())) - {"since", "until"}:
        return None
    filters = PostFilters(
        area=subject if isinstance(subject, Area) else None,
        organisation=subject if isinstance(subject, Organisation) else None,
        since=query.filters.since,
        until=query.filters.until,
    )
    numbers = totals.summary(filters)
    if not numbers["total"]:
        return None
    waiting = replace(filters, answered="no")
    open_ones = totals.summary(waiting)
    unanswered = POSTS.page(SUPPORTED, waiting, SHOWN, open_ones["total"])
    supported = POSTS.page(SUPPORTED, filters, SHOWN, numbers["total"])
    content = Highlights(
        supported.items, unanswered.items, rising(filters, SHOWN), filters.query_string()
    )
    table = _by_theme(filters, numbers, open_ones)
    return Section((table,), "hubs/conversation/dashboard.html", content)


def _by_theme(filters: PostFilters, numbers: dict, waiting: dict) -> Table:
    """Posts of each theme, and how many of them nobody has answered."""
    every, unanswered = numbers["facets"]["theme"], waiting["facets"]["theme"]
    rows = [
        Row(
            theme.slug,
            theme.local_name,
            (every[theme.slug], unanswered[theme.slug]),
            link=f"{reverse('talk-posts')}?{replace(filters, theme=(theme,)).query_string()}",
            colour=theme.colour,
        )
        for theme in Theme.objects.begun()
    ]
    total = (numbers["total"], waiting["total"])
    return Table(
        key="talk",
        title=_("In the conversation, by theme"),
        heading=_("Theme"),
        columns=[Column("posts", _("Posts")), Column("unanswered", _("No answer yet"))],
        rows=[*rows, Row("total", _("All themes"), total, sums=True)],
    )
