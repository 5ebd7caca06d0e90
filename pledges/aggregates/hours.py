"""The hours of one day: read off the facets' indexes, which hold moments, and not from the pledges.

On a Change Day they are a hundred thousand pledges and more. The ledger says which facet codes
there are on the day, by region or in all: of each one range of an index is counted.
"""

import datetime
from collections import Counter

from django.db import connection

from geo.core.functions import LONDON
from geo.counts.models import Ledger
from geo.counts.periods import moments, number_of
from pledges.aggregates.scope import Scope
from pledges.pledging.models import SPEC

BY_HOUR = """
select date_bin('1 hour', found.created_at, %(start)s) as hour, {value}, count(*)
from (
    select distinct place, facet from geo_ledger
    where layer = %(layer)s and dimension = %(dimension)s and period = %(day)s
        and within = 0 and place = any(%(places)s) and n > 0 {codes}
) as entry cross join lateral (
    select created_at from pledges_pledge
    where public and facet = entry.facet {region}
        and created_at >= %(start)s and created_at < %(end)s
) as found
group by 1, 2
"""


def by_hour(
    scope: Scope, day: datetime.date, codes: list[int] | None, facet: str
) -> Counter[tuple[int, int]]:
    """Return the pledges of a day by (hour in London, value of the facet, 0 without one).

    `scope` is of regions, or of everything.
    """
    start, end = moments(day, day)
    values = {
        "start": start,
        "end": end,
        "layer": SPEC.layer,
        "dimension": Ledger.Dimension.AREA_FACET,
        "day": number_of(day),
        "places": list(scope.regions) if scope.area else [0],
        "codes": codes,
    }
    parts = {
        "value": SPEC.digit_sql(facet, "entry.facet") if facet else "0",
        "region": "and region_id = entry.place" if scope.area else "",
        # Plus nothing: a search of the key for each code would cost more than its short range.
        "codes": "" if codes is None else "and facet + 0 = any(%(codes)s)",
    }
    with connection.cursor() as cursor:
        cursor.execute(BY_HOUR.format(**parts), values)
        found: Counter[tuple[int, int]] = Counter()
        for begin, value, n in cursor.fetchall():  # put back, a clock shows the same hour twice
            found[begin.astimezone(LONDON).hour, value] += n
        return found
