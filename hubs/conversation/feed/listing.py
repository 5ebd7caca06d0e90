"""What the list of posts is: its orders, its indexes, and what a reader may ask of it.

Beside the counts of a post stands what lists are filtered by, so that the first of an order are
found by one short scan of an index for each facet code and region, or each day.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from geo.counts import planner
from hubs.conversation import totals
from hubs.conversation.filters import KIND, PostFilters
from hubs.conversation.models.posts import SPEC, Post, PostCounts
from hubs.conversation.models.themes import Theme
from hubs.conversation.serializers import PostSerializer
from pledges.feed.export import FeedEntry, FeedHead
from pledges.feed.index_scan import first_of_each, first_of_facets, first_passing
from pledges.feed.listing import Listing, Slice
from pledges.feed.query import ListingQuery
from pledges.feed.sorting import NEAREST, NEWEST, SortKey, SortOrder
from pledges.organisations import search

OLDEST, SUPPORTED, DISCUSSED, UNANSWERED = "oldest", "supported", "discussed", "unanswered"
ORGANISATIONS = 6  # organisations that have the words in their names, at most
# From the first day of the data on, or to the last, where the span is open.
DAYS = """generate_series(
    greatest(%(since)s::date, (select min(day) from conversation_postcounts where public)),
    least(%(until)s::date, (select max(day) from conversation_postcounts where public)),
    interval '1 day'
) as wanted(day)"""


def public_counts() -> QuerySet:
    return PostCounts.objects.filter(public=True)


class PostListing(Listing[Post]):
    """Posts, by moment from their own indexes, and else from those of their counts."""

    name = "posts"
    filters = PostFilters
    orders = {
        NEWEST: SortOrder(Post.objects.public, "created_at"),
        OLDEST: SortOrder(Post.objects.public, "created_at", rising=True),
        SUPPORTED: SortOrder(public_counts, "supports", "post_id"),
        DISCUSSED: SortOrder(public_counts, "last_at", "post_id"),
        # What nobody answered is listed by support.
        UNANSWERED: SortOrder(public_counts, "supports", "post_id"),
    }
    counts = totals
    themes = Theme.objects.begun
    facets = {
        "kind": {word: code.label for word, code in KIND.items()},
        "answered": {
            "no": _("No answer yet"),
            "yes": _("Answered, or closed with a result"),
        },
    }
    serializer = PostSerializer
    feed_head = FeedHead(
        _("The conversation – Changemap"),
        _("Ideas, questions and challenges of people in health and care."),
        _("The people who take part"),
    )

    gather_most = 2_500
    scan_most = 8_000

    def feed_entry(self, post: Post) -> FeedEntry:
        updates = (post.answered_at, post.closed_at)
        kind = str(post.get_kind_display())
        return FeedEntry(f"/talk/posts/{post.pk}/", post.signature, updates, (kind,))

    def by_own_index(self, part: Slice) -> list[SortKey] | None:
        order, filters, cursor, limit = (
            self.orders[part.sort],
            part.filters,
            part.cursor,
            part.limit,
        )
        days, by_moment = bool(filters.since or filters.until), part.sort in (NEWEST, OLDEST)
        if filters.beyond_counts:
            if not by_moment or filters.q or filters.bbox or filters.also:
                return None
            # An organisation, or a district: its own index has them in this order.
            return list(order.scan(filters.by_moment(self.public()), cursor)[:limit])
        if days and not by_moment:
            return self._of_days(part)
        if filters.facets or filters.regions is not None or days:
            codes = SPEC.codes(filters.facets or {"kind": frozenset(map(int, Post.Kind))})
            region = "region_id" if by_moment else "region"
            return first_of_facets(order, filters, codes, limit, cursor, region)
        return list(order.scan(order.rows(), cursor)[:limit])

    def _of_days(self, part: Slice) -> list[SortKey]:
        """Days are a span of the index of what is new, and of neither other order."""
        order, passing = self.orders[part.sort], self._counts_of_days(part.filters)
        if self.many(part) and part.sort == DISCUSSED:
            return self._by_day(part)
        if self.many(part):
            # Support hardly goes by the day: of many that pass some are soon met.
            scanned = order.scan(order.rows(), part.cursor)[: self.scan_most]
            found = first_passing(scanned, passing, part.limit)
            if len(found) == part.limit:
                return found
        return order.gather(passing, part.cursor, part.limit)

    def _counts_of_days(self, filters: PostFilters) -> QuerySet:
        """Counts of the posts of a span of days that pass: the index of days alone tells them."""
        rows = public_counts()
        if codes := SPEC.codes(filters.facets):
            rows = rows.filter(facet__in=codes)
        if filters.regions is not None:
            rows = rows.filter(region__in=sorted(filters.regions))
        if filters.since:
            rows = rows.filter(day__gte=filters.since)
        return rows.filter(day__lte=filters.until) if filters.until else rows

    def _by_day(self, part: Slice) -> list[SortKey]:
        """Take the first of each day by the index of days, which holds the other filters too.

        For DISCUSSED: those of one day stand together there, and are far apart in the order itself.
        """
        filters = part.filters
        values: dict[str, object] = {"since": filters.since, "until": filters.until}
        conditions = ["day = wanted.day::date"]
        if codes := SPEC.codes(filters.facets):
            values["facets"] = codes
            conditions.append("facet = any(%(facets)s::smallint[])")
        if filters.regions is not None:
            values["regions"] = sorted(filters.regions)
            conditions.append("region = any(%(regions)s::int[])")
        order = self.orders[part.sort]
        return first_of_each(order, DAYS, conditions, values, part.limit, part.cursor)


POSTS = PostListing()


@dataclass(frozen=True)
class PostQuery(ListingQuery):
    """A list of posts."""

    listing: ClassVar[Listing] = POSTS
    lists: ClassVar[tuple[str, ...]] = ("theme", "kind")
    sorts: ClassVar[dict] = {
        NEWEST: _("Newest"),
        SUPPORTED: _("Most supported"),
        DISCUSSED: _("Last discussed"),
        UNANSWERED: _("Unanswered"),
        NEAREST: _("Near me"),
    }
    implying: ClassVar[dict] = {UNANSWERED: ("answered", "no")}
    implied_in_address: ClassVar[bool] = False

    def organisations(self) -> list[dict]:
        """Return those whose names have the words: each with its posts and the query of them."""
        found = search.organisations(self.misspelt or self.filters.q, ORGANISATIONS)
        posts = planner.of_owners(SPEC, [each.pk for each in found])
        return [
            {
                "organisation": each,
                "posts": posts[each.pk],
                "query": PostFilters(organisation=each).query_string(),
            }
            for each in found
            if posts[each.pk]
        ]
