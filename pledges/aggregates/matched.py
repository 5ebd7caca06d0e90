"""Sums of the pledges that match words, or lie in a box: the ledger does not count these.

They are found as the map and the wall find them, at most 50,000, and everything is added up from
their rows. To the sums that is a span without a whole month: all its days are read from rows.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from geo.core.errors import BadParameter
from geo.core.functions import AnyOf
from geo.counts.periods import FIRST, Span, last_day
from pledges.aggregates.scope import Scope
from pledges.aggregates.sums import Sums
from pledges.counts.totals import too_many, version
from pledges.feed import search
from pledges.feed.search import MOST_MATCHES
from pledges.filters import PledgeFilters
from pledges.pledging.models import SPEC, Pledge


@dataclass(frozen=True)
class Matched(Sums):
    """`keys` are the pledges of the scope that match, of any day."""

    keys: tuple[int, ...] = ()

    @property
    def cut(self) -> Span:
        start, end = self.filters.since or FIRST, self.filters.until or last_day()
        return Span((), ((start, end),)) if start <= end else Span((), ())

    @property
    def plain(self) -> bool:
        return False

    @property
    def daily(self) -> bool:
        return False

    def inside(self, to_pledge: str = "") -> Q:
        return super().inside(to_pledge) & Q(AnyOf(f"{to_pledge}pk", self.keys))

    def everywhere(self) -> QuerySet:
        return self.filters.apply(Pledge.objects.public()).order_by()

    def loose(self, layer: int = SPEC.layer) -> QuerySet:
        # Pledges by their days, which the index of facts holds beside the keys.
        return self.pledges() if layer == SPEC.layer else super().loose(layer)

    def by_period(self, facet: str, periods: Iterable[int]) -> Counter[tuple[int, int]]:
        return Counter()  # every day is one of `by_loose_day`


def sums_of(scope: Scope, filters: PledgeFilters) -> Sums:
    """Return the sums of a scope under filters: from the ledger, or from what matches.

    More than 50,000 that match, or lie in the box, raise BadParameter: the map and the wall do not
    count them either.
    """
    if not (filters.q or filters.bbox):
        return Sums(scope, filters)
    found = replace(filters.without_days(), area=scope.area, organisation=scope.organisation)
    if found.bbox:
        rows = found.apply(Pledge.objects.public()).order_by()
        keys = list(rows.values_list("pk", flat=True)[: MOST_MATCHES + 1])
        if len(keys) > MOST_MATCHES:
            raise BadParameter("bbox", _("more than 50,000 pledges are in it: ask for a smaller"))
    else:
        if too_many(found):
            raise BadParameter("q", _("more than 50,000 pledges match: ask for more words"))
        keys = search.keys(found, version()).tolist()
    return Matched(scope, filters, tuple(keys))
