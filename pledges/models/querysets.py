"""Queries of pledges, in the words of the domain."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, QuerySet

from geo.models import LocatedQuerySet


class PledgeQuerySet(LocatedQuerySet):
    def public(self) -> "PledgeQuerySet":
        """Confirmed, not withdrawn by the author and not hidden by a moderator."""
        return self.filter(public=True)

    def matching(self, words: str) -> "PledgeQuerySet":
        """Pledges whose text or name has the words, as a web search reads them."""
        return self.filter(words=SearchQuery(words, config="english", search_type="websearch"))

    def teams(self, most: int) -> QuerySet:
        """The teams with most of these pledges: {"team", "n"}."""
        named = self.filter(team__gt="").order_by().values("team").annotate(n=Count("*"))
        return named.order_by("-n", "team")[:most]

    def newest_first(self) -> "PledgeQuerySet":
        return self.order_by("-created_at", "-id")

    def with_everything(self) -> "PledgeQuerySet":
        """With what a list shows of each pledge, in one query."""
        related = ("theme", "organisation", "region", "district", "counts")
        return self.select_related(*related).defer(
            "words",
            "region__boundary",
            "region__boundary_low",
            "district__boundary",
            "district__boundary_low",
        )
