"""What rises: the posts with most support of late."""

import datetime
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from hubs.conversation import orders
from hubs.conversation.filters import PostFilters
from hubs.conversation.models import Post, Support

LATELY = datetime.timedelta(days=7)
NEWEST = 20_000  # supports that are looked through: a busy week has hundreds of thousands


@dataclass(frozen=True)
class Rising:
    post: Post
    lately: int


def rising(filters: PostFilters, most: int) -> list[Rising]:
    """Return the posts with most new support, that pass the filters, and how much in seven days.

    Of wide areas the newest supports of the country tell which those are; of an organisation or a
    district, all of the seven days.
    """
    new = Support.objects.filter(created_at__gte=timezone.now() - LATELY)
    found = new
    if filters.pairs():
        found = found.filter(post__in=filters.apply(Post.objects.public()).order_by())
    if not filters.beyond_counts:
        moments = new.order_by("-created_at").values_list("created_at", flat=True)
        for moment in moments[NEWEST : NEWEST + 1]:
            found = found.filter(created_at__gte=moment)
    # Some more than are shown: one of them may be out of view.
    counted = found.values("post").annotate(n=Count("*")).order_by("-n", "-post")[: 3 * most]
    keys = [row["post"] for row in counted]
    numbers = dict(new.filter(post__in=keys).values_list("post").annotate(n=Count("*")))
    keys.sort(key=lambda key: (-numbers[key], -key))
    return [Rising(post, numbers[post.pk]) for post in orders.in_order(keys)][:most]
