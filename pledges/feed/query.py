"""What a reader of the wall asks for, and how it is meant."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from geo.core import params
from geo.core.errors import BadParameter
from pledges.counts import totals
from pledges.feed import near, orders, spelling
from pledges.filters import PledgeFilters
from pledges.map import choices
from pledges.organisations.models import Organisation

NEAREST = "nearest"
SORTS = (orders.BEST, orders.NEWEST, orders.JOINED, orders.LIKED, NEAREST, orders.DONE)
PARAMETERS = ("sort", "cursor", "start")


@dataclass(frozen=True)
class Asked:
    """A list of the wall: which pledges, in which order, with the numbers of the map's summary.

    `misspelt` is what was typed, where no pledge has it and its likeliest spelling stands in
    `filters`.
    """

    filters: PledgeFilters
    sort: str
    numbers: dict
    misspelt: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Read the map's own filters and `sort`. The box of a view is left out: all is listed."""
        filters = PledgeFilters.parse(query, also=PARAMETERS).without_bbox()
        sort = params.text(query, "sort")
        if sort and sort not in SORTS:
            raise BadParameter("sort", f"is none of: {', '.join(SORTS)}")
        if sort == orders.DONE:
            filters = replace(filters, status="done")
        if sort == NEAREST:
            filters = near.anywhere(filters)
        typed = filters.q
        filters = _spelled(filters)
        found = cls(filters, sort, totals.summary(filters), typed if typed != filters.q else "")
        return replace(found, sort=found._order())

    @property
    def total(self) -> int | None:
        return self.numbers["total"]

    @property
    def ranked(self) -> bool:
        """Whether there are words, and few enough matches of them to say which is best."""
        return bool(self.filters.q) and self.total is not None and self.total <= orders.RANKED

    def query_string(self, sort: str = "") -> str:
        """Return the query string of this list, or of the same pledges in another order."""
        pairs = self.filters.pairs()
        sort = sort or self.sort
        if sort != self._usual():
            pairs.append(("sort", sort))
        if self.sort == orders.DONE != sort:
            pairs.remove(("status", "done"))
        return urlencode(pairs)

    def chips(self) -> list[choices.Chip]:
        """Return every filter that is on; without it the order stays, if it can."""
        kept = "" if self.sort == self._usual() else urlencode({"sort": self.sort})
        found = []
        for chip in choices.chips(self.filters):
            needed = self.sort == orders.DONE and "status=" not in chip.rest
            parts = (chip.rest, "" if needed else kept)
            found.append(replace(chip, rest="&".join(filter(None, parts))))
        return found

    def _order(self) -> str:
        unranked = self.sort == orders.BEST and not self.ranked
        return self._usual() if unranked or not self.sort else self.sort

    def _usual(self) -> str:
        return orders.BEST if self.ranked else orders.NEWEST


def _spelled(filters: PledgeFilters) -> PledgeFilters:
    """Return the filters with the words that were meant, where none of the pledges has them."""
    words = filters.q
    # First under all filters, for what is found of these is shown: the page asks it anyway.
    if not words or totals.count(filters) != 0 or totals.count(PledgeFilters(q=words)) != 0:
        return filters
    if Organisation.objects.called(words).exists():
        return filters
    meant = spelling.corrected(words)
    return replace(filters, q=meant) if totals.count(PledgeFilters(q=meant)) != 0 else filters
