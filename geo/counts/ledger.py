"""The books of a layer (`geo.models.Ledger`): what each change is written into, and for when."""

from django.db.models import Q

from geo.areas.models import Area
from geo.counts.models import Ledger
from geo.counts.spec import Spec

Book = Ledger.Book

MONTH = "extract(year from day)::int * 100 + extract(month from day)::int"
DATE = "to_char(day, 'YYYYMMDD')::int"
COLUMNS = "layer, book, period, within, place, facet, n"
KEY = "layer, book, period, within, place, facet"

# Where facets of small places are told, days are not: almost every pledge would be a row of its
# own. The other books hold days, and 1, 3 and 8 tell the layer's mark instead of facets.
ENTRIES = """
select %(layer)s, b.book, p.period, b.within, b.place, b.facet, sum({n})
from {rows} as r left join geo_area as lies on lies.id = r.region cross join lateral (values
    (1, r.region, r.district, {mark}, r.date), (2, r.region, r.district, r.facet, null),
    (3, 0, r.owner, {mark}, r.date), (4, 0, r.owner, r.facet, null),
    (5, 0, r.region, r.facet, r.date), (6, 0, 0, r.facet, r.date),
    (7, 0, lies.parent_id, r.facet, r.date),
    (8, 0, lies.id, {mark}, r.date), (8, 0, lies.parent_id, {mark}, r.date),
    (8, 0, 0, {mark}, r.date)
) as b(book, within, place, facet, date)
cross join lateral (values (0), (r.month / 100), (r.month), (b.date)) as p(period)
where b.place is not null and p.period is not null
group by b.book, p.period, b.within, b.place, b.facet having sum({n}) <> 0"""

# The queue's rows, with their month and their day as numbers.
DATED = f"(select *, {MONTH} as month, {DATE} as date from taken)"


def of_area(area: Area | None, *, by_facet: bool) -> Q:
    """Return the entries of a nation, a region or everything, by facet or by the mark alone."""
    if not by_facet:
        book = Book.WIDE
    elif area is None:
        book = Book.WHOLE_FACET
    else:
        book = Book.NATION_FACET if area.kind == Area.Kind.NATION else Book.REGION_FACET
    return Q(book=book, within=0, place=area.pk if area else 0)


def fresh(spec: Spec) -> str:
    """Return the query of all entries from `facts`: rows with month, date and their number n."""
    return ENTRIES.format(rows="facts", n="n", mark=spec.digit_sql(spec.mark, "r.facet"))


def ledger(spec: Spec) -> str:
    """Return the part of the fold that writes the books."""
    entries = ENTRIES.format(rows=DATED, n="sign", mark=spec.digit_sql(spec.mark, "r.facet"))
    return (
        f"insert into geo_ledger as kept ({COLUMNS}) {entries}"
        f" on conflict ({KEY}) do update set n = kept.n + excluded.n returning 1"
    )
