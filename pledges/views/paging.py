"""Say which part of a list is shown, and make the address of the part after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from geo import params
from pledges.lists import Page


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
        following = ""
        if page.next:
            place = urlencode({"cursor": page.next, "start": last + 1})
            following = f"{filters}&{place}" if filters else place
        return Shown(self.start, last, total, following, filters if self.cursor else None)


@dataclass(frozen=True)
class Shown:
    """`first` to `last` of `total` (None: uncounted), with the query strings of other pages.

    `next` is empty on the last page, `newest` None on the first.
    """

    first: int
    last: int
    total: int | None
    next: str
    newest: str | None
