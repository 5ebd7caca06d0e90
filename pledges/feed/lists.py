"""Lists of pledges, newest first, a page at a time by keyset: page 1,000 costs what page 1 does."""

import datetime
import re
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Q

from geo.core.errors import BadParameter
from geo.core.functions import LONDON
from pledges import word_bitmaps
from pledges.counts.totals import count, version
from pledges.feed.any_of import Among
from pledges.filters import PledgeFilters
from pledges.pledging.models import SPEC, Pledge, PledgeQuerySet

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
CURSOR = re.compile(r"([0-9a-f]{1,16})-([0-9a-f]{1,16})(-back)?")
FEW = 10_000  # pledges that are gathered at once, and then sorted
Key = tuple[datetime.datetime, int]


@dataclass(frozen=True)
class Page:
    """Some pledges, newest first, and the cursors of the pages around them (None: no page)."""

    items: list[Pledge]
    next: str | None
    prev: str | None = None


@dataclass(frozen=True)
class KeyPage:
    """The same, with (created_at, id) for each pledge."""

    keys: list[Key]
    next: str | None
    prev: str | None


@dataclass(frozen=True)
class Cursor:
    """The place after one pledge, or before it with `back`; travels as an opaque word."""

    created_at: datetime.datetime
    key: int
    back: bool = False

    def __str__(self) -> str:
        microseconds = (self.created_at - EPOCH) // datetime.timedelta(microseconds=1)
        return f"{microseconds:x}-{self.key:x}{'-back' if self.back else ''}"

    @classmethod
    def parse(cls, word: str) -> "Cursor | None":
        """Read a cursor; empty means the first page. What we did not write raises BadParameter."""
        if not word:
            return None
        parts = CURSOR.fullmatch(word)
        microseconds, key = (int(part, 16) for part in parts.groups()[:2]) if parts else (2**63, 0)
        if parts is None or microseconds > 2**52 or key >= 2**63:
            raise BadParameter("cursor", "is not one of ours; start again at the first page")
        return cls(EPOCH + datetime.timedelta(microseconds=microseconds), key, bool(parts[3]))


def page(
    filters: PledgeFilters, limit: int, after: str = "", rows: PledgeQuerySet | None = None
) -> Page:
    """Return the next `limit` public pledges after the cursor; `rows` may narrow them further."""
    chosen = key_page(filters, limit, after, rows)
    found = Pledge.objects.with_everything().in_bulk([key for _, key in chosen.keys])
    items = [found[key] for _, key in chosen.keys if key in found]
    return Page(items, chosen.next, chosen.prev)


def key_page(
    filters: PledgeFilters, limit: int, word: str = "", rows: PledgeQuerySet | None = None
) -> KeyPage:
    """Return the keys of the `limit` public pledges after the cursor, or before one with `back`."""
    at = Cursor.parse(word)
    back = at is not None and at.back
    keys = newest_keys(filters, limit + 1, at, rows)
    more = len(keys) > limit
    keys = keys[-limit:] if back else keys[:limit]
    if not keys:
        return KeyPage([], None, None)
    # Coming from a neighbour, that neighbour is there; on the other side the extra key tells.
    return KeyPage(
        keys,
        next=str(Cursor(*keys[-1])) if back or more else None,
        prev=str(Cursor(*keys[0], back=True)) if (more if back else at) else None,
    )


def newest_keys(
    filters: PledgeFilters,
    limit: int,
    after: Cursor | None = None,
    rows: PledgeQuerySet | None = None,
) -> list[Key]:
    """Return (created_at, id) of the newest public pledges that pass, in order.

    With a cursor that goes back: of those before it that are nearest to it.
    """
    back = after is not None and after.back
    if rows is None and (known := few_with_words(filters, FEW)) is not None:
        rows, filters = known, PledgeFilters()
    if rows is None and _rare(filters):
        return _newest_by_facet(filters, limit, after, back)
    found = filters.apply(Pledge.objects.public() if rows is None else rows)
    if back:
        found = found.filter(
            Q(created_at__gt=after.created_at) | Q(created_at=after.created_at, id__gt=after.key),
            created_at__gte=after.created_at,
        )
    elif after:
        # The first condition bounds the index scan, which the row comparison alone would not.
        found = found.filter(
            Q(created_at__lt=after.created_at) | Q(created_at=after.created_at, id__lt=after.key),
            created_at__lte=after.created_at,
        )
    start, end = moments(filters)
    if start:
        found = found.filter(created_at__gte=start)
    if end:
        found = found.filter(created_at__lt=end)
    order = ("created_at", "id") if back else ("-created_at", "-id")
    keys = list(found.order_by(*order).values_list("created_at", "id")[:limit])
    return keys[::-1] if back else keys


def few_with_words(filters: PledgeFilters, most: int) -> PledgeQuerySet | None:
    """Return all that pass, by the numbers of those that bits tell; None: no words, or over `most`.

    The index of the words would be asked for all that match a common one, to drop most by facets;
    and where a theme hardly ever has the word, a walk would go to its end for a page.
    """
    if not filters.q or filters.also:
        return None
    told = word_bitmaps.told(filters)
    number = word_bitmaps.passing(told, version())
    if number is None or number > most:
        return None
    found = word_bitmaps.keys(told)
    rest = replace(filters, q="").without_facets()
    return rest.apply(Pledge.objects.public().filter(Among("id", found.tolist()))).order_by()


def _rare(filters: PledgeFilters) -> bool:
    """Whether walking the newest and dropping what does not pass would walk too far.

    With the facets' own indexes a page costs one short scan a facet code; the walk costs one
    step for each pledge passed over. The cheaper is known from the counts.
    """
    codes = SPEC.codes(filters.facets)
    if codes is None or filters.beyond_counts:
        return False
    passing = count(filters) or 1
    everything = count(PledgeFilters()) or 0
    return everything / passing > len(codes) * len(filters.regions or [None])


BY_FACET = """
select newest.created_at, newest.id
from unnest(%(facets)s::smallint[]) as wanted(facet) {regions}
cross join lateral (
    select created_at, id from pledges_pledge
    where public and facet = wanted.facet {conditions}
    order by created_at {way}, id {way} limit %(limit)s
) as newest
order by newest.created_at {way}, newest.id {way} limit %(limit)s
"""


def _newest_by_facet(
    filters: PledgeFilters, limit: int, after: Cursor | None, back: bool
) -> list[Key]:
    """Take the newest of each facet code (and region) by index, and the newest of those."""
    start, end = moments(filters)
    values = {"facets": SPEC.codes(filters.facets), "limit": limit}
    conditions, regions = [], ""
    if filters.regions is not None:
        values["regions"] = sorted(filters.regions)
        regions = "cross join unnest(%(regions)s::bigint[]) as place(region)"
        conditions.append("region_id = place.region")
    if start:
        values["start"] = start
        conditions.append("created_at >= %(start)s")
    if end:
        values["end"] = end
        conditions.append("created_at < %(end)s")
    if after:
        values |= {"at": after.created_at, "key": after.key}
        conditions.append(f"(created_at, id) {'>' if back else '<'} (%(at)s, %(key)s)")
    where = "".join(f" and {condition}" for condition in conditions)
    way = "asc" if back else "desc"
    with connection.cursor() as cursor:
        cursor.execute(BY_FACET.format(regions=regions, conditions=where, way=way), values)
        keys = cursor.fetchall()
    return keys[::-1] if back else keys


def moments(filters: PledgeFilters) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Return the span of days as moments, the end excluded: the lists' indexes hold moments."""

    def midnight(day: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(), LONDON)

    start = midnight(filters.since) if filters.since else None
    end = midnight(filters.until + datetime.timedelta(days=1)) if filters.until else None
    return start, end
