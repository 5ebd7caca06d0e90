"""The hours of one day: read off the facets' indexes, which hold moments, and not from the pledges.

On a Change Day they are a hundred thousand pledges and more. The books say which facet codes there
are on the day, by region or in all: of each one range of an index is counted.
"""

import datetime
from collections import Counter

from django.db import connection

from geo.core.functions import LONDON
from geo.counts.models import Ledger
from geo.counts.periods import number_of
from pledges.aggregates.scope import Scope
from pledges.pledging.models import SPEC

BY_HOUR = """
select date_bin('1 hour', found.created_at, %(start)s) as hour, {value}, count(*)
from geo_ledger as kept cross join lateral (
    select created_at from pledges_pledge
    where public and facet = kept.facet {region}
        and created_at >= %(start)s and created_at < %(end)s
) as found
where kept.layer = %(layer)s and kept.book = %(book)s and kept.period = %(day)s
    and kept.within = 0 and kept.place = any(%(places)s) and kept.n > 0 {codes}
group by 1, 2
"""


def by_hour(
    scope: Scope, day: datetime.date, codes: list[int] | None, facet: str
) -> Counter[tuple[int, int]]:
    """Return the pledges of a day by (hour in London, value of the facet, 0 without one).

    `scope` is of regions, or of everything.
    """
    start = datetime.datetime.combine(day, datetime.time(), LONDON)
    values = {
        "start": start,
        "end": datetime.datetime.combine(day + datetime.timedelta(1), datetime.time(), LONDON),
        "layer": SPEC.layer,
        "book": Ledger.Book.REGION_FACET if scope.area else Ledger.Book.WHOLE_FACET,
        "day": number_of(day),
        "places": list(scope.regions) if scope.area else [0],
        "codes": codes,
    }
    parts = {
        "value": SPEC.digit_sql(facet, "kept.facet") if facet else "0",
        "region": "and region_id = kept.place" if scope.area else "",
        # Plus nothing: a search of the key for each code would cost more than its short range.
        "codes": "" if codes is None else "and kept.facet + 0 = any(%(codes)s)",
    }
    with connection.cursor() as cursor:
        cursor.execute(BY_HOUR.format(**parts), values)
        found: Counter[tuple[int, int]] = Counter()
        for begin, value, n in cursor.fetchall():  # put back, a clock shows the same hour twice
            found[begin.astimezone(LONDON).hour, value] += n
        return found
