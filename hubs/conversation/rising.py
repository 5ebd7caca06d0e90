"""What rises: the posts with most support of late."""

import datetime
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from hubs.conversation import orders
from hubs.conversation.filters import PostFilters
from hubs.conversation.models import Post, Support

LATELY = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Rising:
    post: Post
    lately: int


def rising(filters: PostFilters, most: int) -> list[Rising]:
    """Return the posts with most new support in the last seven days, that pass the filters."""
    passing = filters.apply(Post.objects.public()).order_by()
    new = Support.objects.filter(created_at__gte=timezone.now() - LATELY)
    if filters.pairs():
        new = new.filter(post__in=passing)
    counted = new.values("post").annotate(n=Count("*")).order_by("-n", "-post")
    # Some more than are shown: one of them may be out of view.
    numbers = dict(counted.values_list("post", "n")[: 3 * most])
    return [Rising(post, numbers[post.pk]) for post in orders.in_order(list(numbers))][:most]
