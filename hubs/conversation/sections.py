"""What posts add to other pages."""

from dataclasses import dataclass

from hubs.conversation import totals
from hubs.conversation.feed.listing import POSTS, SUPPORTED
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.participation import Deed
from hubs.conversation.models.posts import Post
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge
from pledges.sections import Section, Subject

SHOWN = 3


@dataclass(frozen=True)
class Posts:
    """Some posts, how many there are in all, and the query string of the whole list."""

    items: list[Post]
    total: int
    query: str
    organisation: Organisation | None = None


def posts_section(subject: Subject) -> Section | None:
    """The posts of an organisation, the most supported first; those that led to a pledge."""
    if isinstance(subject, Pledge):
        return _led_to(subject)
    filters = PostFilters(organisation=subject)
    total = totals.count(filters) or 0
    if not total:
        return None
    items = POSTS.page(SUPPORTED, filters, SHOWN, total).items
    content = Posts(items, total, filters.query_string(), subject)
    return Section("hubs/conversation/section.html", content)


def _led_to(pledge: Pledge) -> Section | None:
    deeds = Deed.objects.filter(pledge=pledge, post__public=True).order_by("-pk")
    items = POSTS.in_order(list(deeds.values_list("post", flat=True)[:SHOWN]))
    return Section("hubs/conversation/led_to.html", items) if items else None
