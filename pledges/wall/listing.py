"""What the list of pledges is: its orders, its indexes, and what a reader may ask of it."""

from dataclasses import dataclass, replace
from typing import ClassVar

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, IntegerField
from django.db.models.functions import Cast, Round
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.core.functions import AnyOf
from pledges import word_bitmaps
from pledges.counts import totals
from pledges.feed.export import FeedEntry, FeedHead
from pledges.feed.index_scan import first_of_facets
from pledges.feed.listing import Listing, Slice
from pledges.feed.query import ListingQuery
from pledges.feed.sorting import BEST, NEAREST, NEWEST, SortKey, SortOrder
from pledges.filters import I_AM, WHO, PledgeFilters
from pledges.map.choices import STATUS_NAMES
from pledges.pledging.models import SPEC, Pledge, PledgeCounts, PledgeQuerySet, Theme
from pledges.serializers import PledgeSerializer

JOINED, LIKED, DONE = "joined", "liked", "done"
# What is best is read and ranked for each page: there is no index of it.
RANK = Cast(Round(SearchRank(F("words"), F("query")) * 1_000_000), output_field=IntegerField())


class PledgeListing(Listing[Pledge]):
    """Words that many pledges have are in bitmaps; numbers of joins and likes stand beside them."""

    name = "pledges"
    filters = PledgeFilters
    orders = {
        NEWEST: SortOrder(Pledge.objects.public, "created_at", two_way=True),
        BEST: SortOrder(Pledge.objects.public, "rank"),
        JOINED: SortOrder(PledgeCounts.objects.all, "joins", "pledge_id"),
        LIKED: SortOrder(PledgeCounts.objects.all, "likes", "pledge_id"),
        DONE: SortOrder(
            lambda: Pledge.objects.public().filter(done_at__isnull=False),
            "done_at",
            holds_filters=True,
        ),
    }
    counts = totals
    themes = Theme.objects.all
    facets = {
        "who": {word: code.label for word, code in WHO.items()},
        "i_am": {word: code.label for word, code in I_AM.items()},
        "status": STATUS_NAMES,
    }
    serializer = PledgeSerializer
    feed_head = FeedHead(
        gettext_lazy("Pledges – Changemap"),
        gettext_lazy("Promises for better health and care."),
        gettext_lazy("The people and organisations who pledge"),
    )

    def feed_entry(self, pledge: Pledge) -> FeedEntry:
        author = pledge.display_name or _("Someone")
        if pledge.who == Pledge.Who.ORGANISATION:
            author = pledge.organisation.name
        elif pledge.who == Pledge.Who.TEAM:
            author = pledge.team or _("A team")
        return FeedEntry(f"/pledges/{pledge.pk}/", author, (pledge.done_at,), ())

    def by_own_index(self, part: Slice) -> list[SortKey] | None:
        order, filters, cursor, limit = (
            self.orders[part.sort],
            part.filters,
            part.cursor,
            part.limit,
        )
        few = self._few_with_words(filters)
        if part.sort == BEST:
            rows = filters.apply(self.public()).order_by() if few is None else few
            query = SearchQuery(filters.q, config="english", search_type="websearch")
            return list(order.scan(rows.annotate(query=query, rank=RANK), cursor)[:limit])
        if few is not None:
            return order.gather_keys(few.values("pk"), cursor, limit)
        if part.sort != NEWEST:
            return None
        if self._rare(filters):
            return first_of_facets(order, filters, SPEC.codes(filters.facets), limit, cursor)
        rows = filters.of_moments(filters.apply(self.public()))
        return list(order.scan(rows, cursor)[:limit])

    def _few_with_words(self, filters: PledgeFilters) -> PledgeQuerySet | None:
        """Return all that pass, where bitmaps tell that they are few; None: no words, or many.

        The index of the words would be asked for all that match a common one, to drop most by
        facets; and where a theme hardly ever has the word, a scan would go to its end for a page.
        """
        if not filters.q or filters.also:
            return None
        told = word_bitmaps.told(filters)
        number = word_bitmaps.passing(told, totals.version())
        if number is None or number > self.gather_most:
            return None
        rows = self.public().filter(AnyOf("id", word_bitmaps.keys(told).tolist()))
        return replace(filters, q="").without_facets().apply(rows).order_by()

    def _rare(self, filters: PledgeFilters) -> bool:
        """Whether scanning the newest and dropping what does not pass would go too far.

        With the facets' own indexes a page costs one short scan a facet code; the long scan costs
        one step for each pledge passed over. The cheaper is known from the counts.
        """
        codes = SPEC.codes(filters.facets)
        if codes is None or filters.beyond_counts:
            return False
        passing = totals.count(filters) or 1
        everything = totals.count(PledgeFilters()) or 0
        return everything / passing > len(codes) * len(filters.regions or [None])


PLEDGES = PledgeListing()


@dataclass(frozen=True)
class PledgeQuery(ListingQuery):
    """A list of the wall; what was done lately is the done pledges alone."""

    listing: ClassVar[Listing] = PLEDGES
    lists: ClassVar[tuple[str, ...]] = ("theme", "who", "i_am")
    sorts: ClassVar[dict] = {
        BEST: gettext_lazy("Best match"),
        NEWEST: gettext_lazy("Newest"),
        JOINED: gettext_lazy("Most joined"),
        LIKED: gettext_lazy("Most liked"),
        NEAREST: gettext_lazy("Nearest"),
        DONE: gettext_lazy("Done lately"),
    }
    implying: ClassVar[dict] = {DONE: ("status", "done")}
