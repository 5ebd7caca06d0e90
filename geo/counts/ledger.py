"""The dimensions of the ledger (`geo.counts.models.Ledger`): how a change is written, and read."""

from collections.abc import Mapping

from django.db.models import Case, F, Q, QuerySet, Value, When

from geo.areas.models import Area
from geo.counts.models import Ledger
from geo.counts.spec import Spec

Dimension = Ledger.Dimension
KEY = ("layer", "dimension", "period", "within", "place", "facet", "shown")

# Where facets of small places are counted, days are not: almost every row would have an entry of
# its own. The other dimensions hold days.
ENTRIES = """
select %(layer)s, d.dimension, p.period, d.within, d.place, d.facet, d.shown, sum(sign)
from (
    select *, extract(year from day)::int * 100 + extract(month from day)::int as month,
        to_char(day, 'YYYYMMDD')::int as date from taken
) as r left join geo_area as lies on lies.id = r.region cross join lateral (values
    ({d.AREA:d}, 0, 0, {flag}, 0, r.date), ({d.AREA:d}, 0, lies.id, {flag}, 0, r.date),
    ({d.AREA:d}, 0, lies.parent_id, {flag}, 0, r.date),
    ({d.AREA_FACET:d}, 0, 0, r.facet, {shown}, r.date),
    ({d.AREA_FACET:d}, 0, lies.id, r.facet, {shown}, r.date),
    ({d.AREA_FACET:d}, 0, lies.parent_id, r.facet, {shown}, r.date),
    ({d.DISTRICT:d}, r.region, r.district, {flag}, 0, r.date),
    ({d.DISTRICT_FACET:d}, r.region, r.district, r.facet, 0, null),
    ({d.OWNER:d}, 0, r.owner, {flag}, 0, r.date), ({d.OWNER_FACET:d}, 0, r.owner, r.facet, 0, null)
) as d(dimension, within, place, facet, shown, date)
cross join lateral (values (0), (r.month / 100), (r.month), (d.date)) as p(period)
where d.place is not null and p.period is not null
group by d.dimension, p.period, d.within, d.place, d.facet, d.shown having sum(sign) <> 0"""


def fold_sql(spec: Spec) -> str:
    """Return the part of the fold that writes the ledger."""
    entries = ENTRIES.format(
        d=Dimension,
        flag=spec.digit_sql(spec.flag, "r.facet"),
        shown="r.shown" if spec.mapped else "0",
    )
    key = ", ".join(KEY)
    return (
        f"insert into geo_ledger as stored ({key}, n) {entries}"
        f" on conflict ({key}) do update set n = stored.n + excluded.n returning 1"
    )


def of_area(area: Area | None, *, by_facet: bool) -> Q:
    """Return the entries of a nation, a region or everything, by facet or by the flag alone."""
    dimension = Dimension.AREA_FACET if by_facet else Dimension.AREA
    return Q(dimension=dimension, within=0, place=area.pk if area else 0)


def of_owners(layer: int) -> QuerySet[Ledger]:
    """Return the entries that add up to all rows of an owner, which `place` is."""
    return Ledger.objects.filter(layer=layer, dimension=Dimension.OWNER, period=0, within=0)


def signed(periods: Mapping[int, int]) -> Case | F:
    """Return an entry's number with the sign of its period, as `geo.counts.periods` gives it."""
    taken = [period for period, sign in periods.items() if sign < 0]
    return Case(When(period__in=taken, then=-F("n")), default=F("n")) if taken else F("n")


def unindexed(**condition) -> Q:
    """Return the condition in a form that no index answers and that half of all rows may meet.

    A search of the ledger's key for each of many values costs more than reading past the others in
    a short range. And of a plain comparison with an expression the planner expects one row in two
    hundred, and then sorts what it should hash.
    """
    return Q(Case(When(**condition, then=Value(True)), default=Value(False)))
