"""Say which part of a list is shown, and make the addresses of the parts around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from geo.core import params
from pledges.feed.lists import Page

SIZE = 20  # pledges on a page
ROWS = 2_000  # pledges in a table


@dataclass(frozen=True)
class Slice:
    """Where a page of a list begins: the cursor finds it, `start` (from 1) is what people read."""

    cursor: str
    start: int

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Read `cursor` and `start`; a list without a cursor begins at its beginning."""
        cursor = params.text(query, "cursor")
        start = params.integer("start", query.get("start", "1"), 1, 10**9)
        return cls(cursor, start if cursor else 1)

    def of(self, page: Page, total: int | None, filters: str = "") -> "Shown":
        """Describe the page; `filters` is the query string that its address keeps."""
        last = self.start + len(page.items) - 1
        following = _address(filters, page.next, last + 1)
        # A page before this one is always a whole one, but for the first.
        previous = _address(filters, page.prev, max(self.start - SIZE, 1))
        return Shown(self.start, last, total, following, previous)


@dataclass(frozen=True)
class Shown:
    """`first` to `last` of `total` (None: uncounted).

    `next` and `previous` are the query strings of the pages around, empty where there is none.
    """

    first: int
    last: int
    total: int | None
    next: str
    previous: str


def _address(filters: str, cursor: str | None, start: int) -> str:
    if not cursor:
        return ""
    place = urlencode({"cursor": cursor, "start": start})
    return f"{filters}&{place}" if filters else place
