"""What rises: the posts with most support of late, counted by the worker and read from little."""

import datetime
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from hubs.conversation.feed.listing import POSTS
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import Post
from hubs.conversation.models.topics import Rise

LATELY = datetime.timedelta(days=7)
STORED = 12  # posts of each place and organisation; more than are shown: one may be hidden

# The facts of a post are read from the index that has them all, not from the table.
COUNTED = """
insert into conversation_rise (post_id, lately, region, district, organisation)
select id, n, region_id, district_id, organisation_id
from (
    select p.id, s.n, p.region_id, p.district_id, p.organisation_id,
           row_number() over (order by s.n desc, p.id desc) as anywhere,
           row_number() over (partition by p.region_id order by s.n desc, p.id desc) as regional,
           row_number() over (partition by p.district_id order by s.n desc, p.id desc) as local,
           row_number() over (partition by p.organisation_id order by s.n desc, p.id desc) as own
    from (
        select post_id, count(*)::int as n from conversation_support
        where created_at >= %(since)s group by post_id
    ) as s join conversation_post p on p.id = s.post_id and p.public
) as ranked
where anywhere <= %(stored)s or (region_id is not null and regional <= %(stored)s)
    or (district_id is not null and local <= %(stored)s)
    or (organisation_id is not null and own <= %(stored)s)
on conflict (post_id) do update set lately = excluded.lately
"""


@dataclass(frozen=True)
class Rising:
    post: Post
    lately: int


@transaction.atomic
def refresh() -> None:
    """Count the supports of the last seven days, and store the posts that rise most anywhere."""
    Rise.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"since": timezone.now() - LATELY, "stored": STORED})


def rising(filters: PostFilters, most: int) -> list[Rising]:
    """Return the posts with most new support that pass, and how much, as last counted.

    Under facets and days: those of the posts that rise most in some place, or organisation.
    """
    rows = Rise.objects.of(filters.regions, filters.area, filters.organisation)
    if filters.facets or filters.since or filters.until:
        found = Post.objects.public().filter(pk__in=rows.values("post"))
        rows = rows.filter(post__in=filters.anywhere().apply(found).order_by())
    numbers = dict(rows.most_first().values_list("post", "lately")[: 3 * most])
    return [Rising(post, numbers[post.pk]) for post in POSTS.in_order(list(numbers))][:most]
