"""What a reader of a list asks for, parsed once from the query string."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise

from geo.core import params
from pledges.feed import facets, spelling
from pledges.feed.facets import Chip, Choice
from pledges.feed.listing import Listing
from pledges.feed.sorting import BEST, NEAREST, NEWEST
from pledges.filters import CountedFilters
from pledges.organisations.models import Organisation

PARAMETERS = ("sort", "cursor", "start")
RANKED = 2_000  # matches of words that are ranked; more are listed newest first


@dataclass(frozen=True)
class ListingQuery:
    """A list: which rows, in which order, with the numbers beside it.

    `misspelt` is what was typed, where no row has it and its likeliest spelling stands in
    `filters`. `sorts` are the names of the orders offered; one that is `implying` has a filter of
    its own, by name and value, which stands in addresses if `implied_in_address`. `lists` are the
    parameters that may be ticked several times.
    """

    listing: ClassVar[Listing]
    sorts: ClassVar[Mapping[str, str | Promise]]
    implying: ClassVar[Mapping[str, tuple[str, str]]]
    implied_in_address: ClassVar[bool] = True
    lists: ClassVar[tuple[str, ...]]

    filters: CountedFilters
    sort: str
    numbers: Mapping
    misspelt: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Read the filters and `sort`. The box of a view is left out: all is listed."""
        filters = cls.listing.filters.parse(query, also=PARAMETERS).without_bbox()
        sort = params.one_of(query, "sort", cls.sorts)
        if sort in cls.implying:
            filters = replace(filters, **dict([cls.implying[sort]]))
        if sort == NEAREST:
            filters = filters.anywhere()
        typed = filters.q
        filters = _spelled(cls.listing, filters)
        numbers = cls.listing.counts.summary(filters)
        found = cls(filters, sort, numbers, typed if typed != filters.q else "")
        unranked = sort == BEST and not found.ranked
        return replace(found, sort=found.usual) if unranked or not sort else found

    @property
    def total(self) -> int | None:
        return self.numbers["total"]

    @property
    def away(self) -> int:
        """How many of them are not on the map."""
        return sum(self.numbers.get("not_on_map", {}).values())

    @property
    def ranked(self) -> bool:
        """Whether there are words, and few enough matches of them to say which is best."""
        few = self.total is not None and self.total <= RANKED
        return BEST in self.sorts and bool(self.filters.q) and few

    @property
    def usual(self) -> str:
        """The order of these rows where no other is asked for."""
        return BEST if self.ranked else NEWEST

    @property
    def order(self) -> str:
        """The order of the rows; the nearest are listed newest first where no place is known."""
        return NEWEST if self.sort == NEAREST else self.sort

    def query_string(self, sort: str = "") -> str:
        """Return the query string of this list, or of the same rows in another order."""
        sort = sort or self.sort
        left_out = [
            self.implying[each]
            for each in {sort, self.sort} & set(self.implying)
            if each != sort or not self.implied_in_address
        ]
        pairs = [pair for pair in self.filters.pairs() if pair not in left_out]
        return urlencode(pairs if sort == self.usual else [*pairs, ("sort", sort)])

    def tabs(self) -> list[dict]:
        """Return the orders that there are: name, query string, and whether it is this one."""
        return [
            {"name": name, "query": self.query_string(sort), "chosen": sort == self.sort}
            for sort, name in self.sorts.items()
            if sort != BEST or self.ranked
        ]

    def facets(self) -> dict[str, list[Choice]]:
        """Return the choices of each facet with the numbers beside them."""
        return facets.facets(self.listing, self.filters, self.numbers)

    def chips(self) -> list[Chip]:
        """Return every filter that is on; without it the order stays, if it can."""
        implied = self.implying.get(self.sort)
        unwritten = [implied] if implied and not self.implied_in_address else []
        sort = "" if self.sort == self.usual else urlencode({"sort": self.sort})
        found = []
        for chip in facets.chips(self.listing, self.filters, unwritten):
            ends = implied and not unwritten and urlencode([implied]) not in chip.rest
            rest = "&".join(filter(None, (chip.rest, "" if ends else sort)))
            found.append(replace(chip, rest=rest))
        return found


def _spelled(listing: Listing, filters: CountedFilters) -> CountedFilters:
    """Return the filters with the words that were meant, where no row has them."""
    words, count = filters.q, listing.counts.count
    # First under all filters, for what is found of these is shown: the page asks it anyway.
    if not words or count(filters) != 0 or count(listing.filters(q=words)) != 0:
        return filters
    if Organisation.objects.called(words).exists():
        return filters
    meant = spelling.corrected(words)
    return replace(filters, q=meant) if count(listing.filters(q=meant)) != 0 else filters
