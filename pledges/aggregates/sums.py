"""Sums over an area or an organisation: any period and any facets, from the ledger of the counts.

Whole years and months come from the ledger. The days at the ends of a span come from it too where
no facet is asked for, and of areas but districts; else from the rows of those days alone.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import (
    Count,
    F,
    Func,
    IntegerField,
    Min,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import ExtractHour

from geo.core.functions import LONDON
from geo.counts import periods
from geo.counts.ledger import signed, unindexed
from geo.counts.models import Ledger
from geo.counts.periods import FIRST, Span, last_day, moments, number_of, span
from pledges.aggregates import hours
from pledges.aggregates.scope import Scope
from pledges.filters import PledgeFilters
from pledges.pledging.counted import DATED, DONE, JOINS, LIKES, PARTS_DONE, STORIES
from pledges.pledging.models import SPEC, Join, Like, Pledge
from pledges.stories.models import Story

Place = tuple[int, int]  # region and district (0: elsewhere in the region)

# Layer -> rows that count, their moment, and the way from a row to its pledge. The indexes are in
# order of moments; the day of a pledge is that of its moment in London.
SOURCES = {
    JOINS.layer: (Join.objects.all, "created_at", "pledge__"),
    LIKES.layer: (Like.objects.all, "created_at", "pledge__"),
    STORIES.layer: (Story.objects.public, "created_at", "pledge__"),
    DONE.layer: (Pledge.objects.public, "done_at", ""),
    PARTS_DONE.layer: (Join.objects.all, "done_at", "pledge__"),
}
LAYERS = (SPEC.layer, *SOURCES)


def _dated() -> QuerySet:
    return Pledge.objects.public().filter(due__isnull=False)


ROWS = {
    **SOURCES,
    SPEC.layer: (Pledge.objects.public, "created_at", ""),
    DATED.layer: (_dated, "created_at", ""),
}


@dataclass(frozen=True)
class Sums:
    """Questions of one scope under filters, of which the facets and the days count here."""

    scope: Scope
    filters: PledgeFilters

    @property
    def cut(self) -> Span:
        return span(self.filters.since, self.filters.until, FIRST, last_day())

    @property
    def days(self) -> dict[int, int]:
        """The span as periods and days, each to be added or, -1, taken away."""
        return periods.signed(self.filters.since, self.filters.until)

    @property
    def whole(self) -> dict[int, int]:
        """Its whole years and months alone, each to be added."""
        return dict.fromkeys(self.cut.periods, 1)

    @property
    def codes(self) -> list[int] | None:
        return SPEC.codes(self.filters.facets)

    @property
    def flags(self) -> list[int] | None:
        """The values of the flag that are asked for; None: any."""
        flags = self.filters.facets.get(SPEC.flag)
        return None if flags is None else sorted(flags)

    @property
    def plain(self) -> bool:
        """Whether the dimensions without facets hold what is asked for."""
        return set(self.filters.facets) <= {SPEC.flag}

    @property
    def daily(self) -> bool:
        """Whether facets are counted by day."""
        return self.scope.daily

    def inside(self, to_pledge: str = "") -> Q:
        """Return the condition of rows that belong to what is added up, whatever their days."""
        return self.scope.rows(to_pledge)

    def everywhere(self) -> QuerySet:
        """Pledges of the days at the ends of the span, of every place."""
        return replace(self, scope=Scope()).loose()

    def first_day(self) -> datetime.date:
        """The day of the oldest public pledge of all, wherever it is."""
        return Pledge.objects.public().aggregate(first=Min("day"))["first"] or FIRST

    def by_facet(self) -> Counter[int]:
        """Pledges by facet code."""
        found = self._faceted((SPEC.layer,)).values("facet")
        totals = Counter(dict(found.annotate(total=Sum("counted")).values_list("facet", "total")))
        if self.cut.loose and not self.daily:
            loose = self.loose().values("facet").annotate(total=Count("*"))
            totals.update(dict(loose.values_list("facet", "total")))
        return totals

    def by_layer(self) -> Counter[int]:
        """How many of each layer that belongs to pledges."""
        layers = tuple(SOURCES)
        if self.plain:
            chosen = self.entries(self.scope.plain(), layers, self.days, self.flags)
        else:
            chosen = self._faceted(layers)
        totals = chosen.values("layer").annotate(total=Sum("counted"))
        found = Counter(dict(totals.values_list("layer", "total")))
        if not (self.plain or self.daily) and self.cut.loose:
            found.update({layer: self.loose(layer).count() for layer in layers})
        return found

    def by_place(self, layers: Sequence[int] = LAYERS) -> dict[Place, Counter[tuple[int, int]]]:
        """How many of each (layer, flag) by place, of an area or of all; flag 1: of a done one.

        For those of an organisation see `pledges.aggregates.whereabouts`.
        """
        found: dict[Place, Counter[tuple[int, int]]] = defaultdict(Counter)
        flag: F | Func = F("facet")
        if self.plain:
            places = self.scope.plain_by_district()
            chosen = self.entries(places, layers, self.days, self.flags)
        else:
            places, flag = self.scope.by_district(), digit(SPEC.flag)
            chosen = self.entries(places, layers, self.whole, self.codes)
        grouped = chosen.annotate(flag=flag).values("within", "place", "layer", "flag")
        grouped = grouped.annotate(total=Sum("counted")).values_list(
            "within", "place", "layer", "flag", "total"
        )
        for region, place, layer, value, n in grouped:
            if n:
                found[region, place][layer, value] += n
        if not self.plain and self.cut.loose:
            for layer in layers:
                self._add_loose_places(found, layer)
        return found

    def by_period(self, facet: str, periods: Iterable[int]) -> Counter[tuple[int, int]]:
        """Pledges by (period, value of the facet), for years or whole months."""
        each = dict.fromkeys(periods, 1)
        if self._plainly(facet):
            chosen = self.entries(self.scope.plain(), (SPEC.layer,), each, self.flags)
            chosen = chosen.annotate(value=F("facet"))
        else:
            chosen = self.entries(self.scope.faceted(), (SPEC.layer,), each, self.codes)
            chosen = chosen.annotate(value=digit(facet))
        grouped = chosen.values("period", "value").annotate(total=Sum("counted"))
        found = grouped.values_list("period", "value", "total")
        return Counter({(period, value): n for period, value, n in found})

    def by_day(self, facet: str) -> Counter[tuple[int, int]]:
        """Pledges by (day as 20140303, value of the facet): all days of the span."""
        since, until = self.filters.since, self.filters.until
        if self._tells_days(facet) and since and until:
            return self.by_period(facet, periods.days(since, until))
        return _by_day(self.pledges(), facet)

    def by_loose_day(self, facet: str) -> Counter[tuple[int, int]]:
        """The same of the days at the ends alone."""
        if self._tells_days(facet):
            return self.by_period(facet, _loose_days(self.cut))
        return _by_day(self.loose(), facet)

    def _plainly(self, facet: str) -> bool:
        return self.plain and facet == SPEC.flag

    def _tells_days(self, facet: str) -> bool:
        return self.daily or self._plainly(facet)

    def by_hour(self, day: datetime.date, facet: str = "") -> Counter[tuple[int, int]]:
        """Pledges of one day by (hour in London, value of the facet, 0 without one)."""
        if self.daily:
            return hours.by_hour(self.scope, day, self.codes, facet)
        start, end = moments(day, day)
        rows = Pledge.objects.public().filter(
            self.inside(), created_at__gte=start, created_at__lt=end
        )
        rows = rows if self.codes is None else rows.filter(facet__in=self.codes)
        hour = ExtractHour("created_at", tzinfo=LONDON)
        value = digit(facet) if facet else Value(0)
        grouped = rows.order_by().annotate(hour=hour, value=value).values("hour", "value")
        found = grouped.annotate(total=Count("*")).values_list("hour", "value", "total")
        return Counter({(at, value): n for at, value, n in found})

    def pledges(self) -> QuerySet:
        """Pledges of all days of the span."""
        rows = Pledge.objects.public().filter(self.inside()).order_by()
        if self.filters.since:
            rows = rows.filter(day__gte=self.filters.since)
        if self.filters.until:
            rows = rows.filter(day__lte=self.filters.until)
        return rows if self.codes is None else rows.filter(facet__in=self.codes)

    def loose(self, layer: int = SPEC.layer) -> QuerySet:
        """Rows of the days at the ends of the span that are no whole month."""
        source, moment, to_pledge = ROWS[layer]
        days = Q(pk__in=[])
        for first, last in self.cut.loose:
            start, end = moments(first, last)
            days |= Q(**{f"{moment}__gte": start, f"{moment}__lt": end})
        rows = source().filter(days, self.inside(to_pledge), **{f"{to_pledge}public": True})
        rows = rows.order_by()
        return rows if self.codes is None else rows.filter(**{f"{to_pledge}facet__in": self.codes})

    def _add_loose_places(self, found: dict, layer: int) -> None:
        to_pledge = ROWS[layer][2]
        rows = self.loose(layer).annotate(flag=digit(SPEC.flag, f"{to_pledge}facet"))
        region, district = f"{to_pledge}region", f"{to_pledge}district"
        grouped = rows.values(region, district, "flag").annotate(total=Count("*"))
        for area, place, value, n in grouped.values_list(region, district, "flag", "total"):
            found[area or 0, place or 0][layer, value] += n

    def _faceted(self, layers: Sequence[int]) -> QuerySet:
        periods = self.days if self.daily else self.whole
        return self.entries(self.scope.faceted(), layers, periods, self.codes)

    def entries(
        self, where: Q, layers: Sequence[int], periods: Mapping[int, int], facets: list[int] | None
    ) -> QuerySet:
        """Return entries of the ledger; `counted` is their number with the sign of the period."""
        found = Ledger.objects.filter(where, layer__in=layers, period__in=list(periods)).order_by()
        found = found.alias(counted=signed(periods))
        return found if facets is None else found.filter(unindexed(facet__in=facets))


def digit(name: str, column: str = "facet") -> Func:
    """Return the expression that takes one facet's value out of a facet code."""
    part = Func(F(column), template=SPEC.digit_sql(name, "%(expressions)s"))
    part.output_field = IntegerField()
    return part


def _loose_days(cut: Span) -> list[int]:
    return [day for first, last in cut.loose for day in periods.days(first, last)]


def _by_day(rows: QuerySet, facet: str) -> Counter[tuple[int, int]]:
    grouped = rows.annotate(value=digit(facet)).values("day", "value")
    found = grouped.annotate(total=Count("*")).values_list("day", "value", "total")
    return Counter({(number_of(day), value): n for day, value, n in found})
