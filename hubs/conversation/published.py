"""The collection of posts that reaches the public map and API."""

import datetime
from functools import partial

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from geo.core.keyset import Page
from geo.counts import fold
from geo.ogcapi.layers import Layer
from hubs.conversation.feed import listing
from hubs.conversation.filters import PostFilters, parameters
from hubs.conversation.models.posts import SPEC, Post
from hubs.conversation.models.querysets import PostQuerySet
from hubs.conversation.serializers import PostSerializer
from hubs.conversation.tiles import clusters
from hubs.conversation.totals import count, version
from pledges.feed.sorting import NEWEST


def newest(filters: PostFilters, limit: int, word: str) -> Page[int]:
    """Return a page of public posts, newest first, from the cursor on."""
    return listing.POSTS.key_page(NEWEST, filters, limit, count(filters), word)


def public_posts() -> PostQuerySet:
    return Post.objects.public().with_everything()


def interval() -> tuple[datetime.datetime, datetime.datetime] | None:
    """Return when the first and the last public post were written, from the ends of an index."""
    span = Post.objects.public().aggregate(first=Min("created_at"), last=Max("created_at"))
    return (span["first"], span["last"]) if span["first"] else None


POSTS = Layer(
    name="posts",
    title=_("Posts"),
    description=_(
        "Ideas, questions and challenges of people who work in health and care, newest first. The "
        "geometry is the place that a person chose to show: the organisation's, or a point "
        "somewhere in the first half of a postcode. Those not on the map, and all that are "
        "anonymous, have none. The time of a post is its day in London."
    ),
    rows=public_posts,
    serializer=PostSerializer,
    filters=PostFilters,
    count=count,
    cluster=clusters,
    version=version,
    changed_spots=partial(fold.moved_spots, SPEC),
    page=newest,
    followed=True,
    day_filters=("since", "until"),
    interval=interval,
    demo=lambda: Post.objects.public().filter(demo=True).exists(),
    parameters=parameters,
    equality_filters=("theme", "kind", "organisation"),
    licence=(_("Data sources and licences"), "/data/"),
    attribution=_("The people who take part in the conversation."),
)
