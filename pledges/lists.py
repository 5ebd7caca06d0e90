"""Lists of pledges, newest first, a page at a time by keyset: page 1,000 costs what page 1 does."""

import datetime
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from geo.errors import BadParameter
from pledges.filters import PledgeFilters
from pledges.models import Pledge, PledgeQuerySet
from pledges.models.pledges import SPEC
from pledges.totals import count

LONDON = ZoneInfo("Europe/London")
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
CURSOR = re.compile(r"([0-9a-f]{1,16})-([0-9a-f]{1,16})")


@dataclass(frozen=True)
class Page:
    """Some pledges, newest first, and the cursor of the page after them (None: the last page)."""

    items: list[Pledge]
    next: str | None


@dataclass(frozen=True)
class Cursor:
    """The place after one pledge; travels as an opaque word."""

    created_at: datetime.datetime
    key: int

    def __str__(self) -> str:
        microseconds = (self.created_at - EPOCH) // datetime.timedelta(microseconds=1)
        return f"{microseconds:x}-{self.key:x}"

    @classmethod
    def parse(cls, word: str) -> "Cursor | None":
        """Read a cursor; empty means the first page. What we did not write raises BadParameter."""
        if not word:
            return None
        parts = CURSOR.fullmatch(word)
        microseconds, key = (int(part, 16) for part in parts.groups()) if parts else (2**63, 0)
        if microseconds > 2**52 or key >= 2**63:
            raise BadParameter("cursor", "is not one of ours; start again at the first page")
        return cls(EPOCH + datetime.timedelta(microseconds=microseconds), key)


def page(
    filters: PledgeFilters, limit: int, after: str = "", rows: PledgeQuerySet | None = None
) -> Page:
    """Return the next `limit` public pledges after the cursor; `rows` may narrow them further."""
    keys = newest_keys(filters, limit + 1, Cursor.parse(after), rows)
    more = len(keys) > limit
    keys = keys[:limit]
    found = Pledge.objects.with_everything().in_bulk([key for _, key in keys])
    items = [found[key] for _, key in keys if key in found]
    return Page(items, str(Cursor(*keys[-1])) if more else None)


def newest_keys(
    filters: PledgeFilters,
    limit: int,
    after: Cursor | None = None,
    rows: PledgeQuerySet | None = None,
) -> list[tuple[datetime.datetime, int]]:
    """Return (created_at, id) of the newest public pledges that pass, in order."""
    if rows is None and _rare(filters):
        return _newest_by_facet(filters, limit, after)
    found = filters.apply(Pledge.objects.public() if rows is None else rows)
    if after:
        # The first condition bounds the index scan, which the row comparison alone would not.
        found = found.filter(
            Q(created_at__lt=after.created_at) | Q(created_at=after.created_at, id__lt=after.key),
            created_at__lte=after.created_at,
        )
    start, end = _moments(filters)
    if start:
        found = found.filter(created_at__gte=start)
    if end:
        found = found.filter(created_at__lt=end)
    return list(found.newest_first().values_list("created_at", "id")[:limit])


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
    order by created_at desc, id desc limit %(limit)s
) as newest
order by newest.created_at desc, newest.id desc limit %(limit)s
"""


def _newest_by_facet(filters: PledgeFilters, limit: int, after: Cursor | None) -> list:
    """Take the newest of each facet code (and region) by index, and the newest of those."""
    start, end = _moments(filters)
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
        conditions.append("(created_at, id) < (%(at)s, %(key)s)")
    where = "".join(f" and {condition}" for condition in conditions)
    with connection.cursor() as cursor:
        cursor.execute(BY_FACET.format(regions=regions, conditions=where), values)
        return cursor.fetchall()


def _moments(filters: PledgeFilters) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Return the span of days as moments, the end excluded: the lists' indexes hold moments."""

    def midnight(day: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(), LONDON)

    start = midnight(filters.since) if filters.since else None
    end = midnight(filters.until + datetime.timedelta(days=1)) if filters.until else None
    return start, end
