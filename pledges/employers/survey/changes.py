"""The changes of findings on the year before: computed on import, read by every page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from pledges.employers.models.survey import Change, Finding, Indicator, IndicatorSet, PlaceChange
from pledges.employers.survey.statistics import (
    Comparison,
    Figure,
    Reason,
    compare,
    is_hidden,
    pooled,
    untested,
)
from pledges.organisations.models import Organisation

EVERYWHERE = None  # in place of the key of a region


@dataclass(frozen=True)
class Pair:
    """A finding and the figure of the year before; None for none, and for a withheld one."""

    now: Figure | None
    before: Figure | None
    reason: Reason = Reason.NONE

    def comparison(self, indicator: Indicator) -> Comparison:
        if self.reason or self.now is None or self.before is None:
            return untested(self.reason or Reason.WITHHELD)
        return compare(
            self.before,
            self.now,
            percent=indicator.percent,
            more_is_better=indicator.more_is_better,
        )


@transaction.atomic
def recompute_changes(year: int) -> None:
    """Replace the changes of a year: of each organisation, of each region, and of all together.

    The changes of the year after depend on this one: call this for both when figures change.
    """
    # Two imports at once would each leave out what the other has not committed yet.
    list(IndicatorSet.objects.order_by("year").select_for_update())
    current = IndicatorSet.objects.in_year(year)
    indicators = list(current.indicators.select_related("set")) if current else []
    pairs = _pairs(year, indicators)
    Change.objects.in_year(year).delete()
    Change.objects.bulk_create(_of_organisations(year, indicators, pairs), batch_size=2_000)
    PlaceChange.objects.in_year(year).delete()
    PlaceChange.objects.bulk_create(_of_places(year, indicators, pairs))


def recompute_changes_since(year: int) -> None:
    """Do so for every year with figures, from this one on."""
    rows = Finding.objects.filter(year__gte=year).order_by()
    for one in sorted(set(rows.values_list("year", flat=True))):
        recompute_changes(one)


def comparable(indicator: Indicator, year: int) -> tuple[int | None, Reason]:
    """The key of the same indicator in the year before, or the reason why there is none."""
    if indicator.set.year < year:
        return indicator.pk, Reason.NONE
    if indicator.continues_id:
        return indicator.continues_id, Reason.NONE
    first = not IndicatorSet.objects.filter(year__lt=year).exists()
    return None, Reason.NO_YEAR_BEFORE if first else Reason.QUESTION_CHANGED


Pairs = Mapping[int, Mapping[int, Pair]]  # indicator -> organisation -> pair


def _pairs(year: int, indicators: list[Indicator]) -> Pairs:
    earlier = {one.pk: comparable(one, year) for one in indicators}
    keys = {one.pk for one in indicators} | {key for key, _reason in earlier.values() if key}
    figures: dict[tuple[int, int], dict[int, Figure | None]] = defaultdict(dict)
    rows = Finding.objects.filter(year__in=(year - 1, year), indicator__in=keys)
    columns = ("year", "indicator", "organisation", "suppressed", "value", "n", "low", "high")
    for at, indicator, organisation, withheld, *values in rows.order_by().values_list(*columns):
        figure = None if withheld else Figure(*values)
        # Whoever wrote it: figures of too few answers are neither tested nor pooled.
        few = figure and is_hidden(figure.n, suppressed=False)
        figures[at, indicator][organisation] = None if few else figure
    pairs = {}
    for one in indicators:
        key, reason = earlier[one.pk]
        before = figures.get((year - 1, key), {}) if key else {}
        pairs[one.pk] = {
            organisation: _pair(now, before, organisation, reason)
            for organisation, now in figures[year, one.pk].items()
        }
    return pairs


def _pair(
    now: Figure | None, before: Mapping[int, Figure | None], organisation: int, reason: Reason
) -> Pair:
    if reason:
        return Pair(now, None, reason)
    if organisation not in before:
        return Pair(now, None, Reason.NO_YEAR_BEFORE)
    both = now is not None and before[organisation] is not None
    return Pair(now, before[organisation], Reason.NONE if both else Reason.WITHHELD)


def _of_organisations(year: int, indicators: list[Indicator], pairs: Pairs) -> Iterator[Change]:
    for indicator in indicators:
        for organisation, pair in pairs[indicator.pk].items():
            found = pair.comparison(indicator)
            yield Change(
                organisation_id=organisation,
                indicator=indicator,
                year=year,
                verdict=found.verdict,
                why=found.reason,
            )


def _of_places(year: int, indicators: list[Indicator], pairs: Pairs) -> Iterator[PlaceChange]:
    """Of regions and of all. Fictional organisations count only while there are no others."""
    known = Organisation.objects.filter(pk__in={pk for found in pairs.values() for pk in found})
    about = {pk: (demo, region) for pk, demo, region in known.values_list("pk", "demo", "region")}
    demo = all(of_demo for of_demo, _region in about.values())
    inside: dict[int | None, set[int]] = defaultdict(set)
    for organisation, (of_demo, region) in about.items():
        if of_demo == demo:
            inside[EVERYWHERE].add(organisation)
            if region:
                inside[region].add(organisation)
    for area, members in inside.items():
        for indicator in indicators:
            found = [pair for pk, pair in pairs[indicator.pk].items() if pk in members]
            if found:
                yield _of_place(year, area, indicator, found, demo=demo)


def _of_place(
    year: int, area: int | None, indicator: Indicator, pairs: Iterable[Pair], *, demo: bool
) -> PlaceChange:
    """The change of those with figures in both years, so that both are of the same members."""
    found = list(pairs)
    both = _together([(p.now, p.before) for p in found if p.now and p.before], indicator)
    made = PlaceChange(area_id=area, indicator=indicator, year=year, demo=demo)
    made.organisations = len(both)
    if not both:
        change = untested(max(one.reason for one in found))
    else:
        now = pooled((now for now, _before in both), percent=indicator.percent)
        before = pooled((before for _now, before in both), percent=indicator.percent)
        if now and before:
            made.value, made.before = now.value, before.value
            change = Pair(now, before).comparison(indicator)
        else:
            change = untested(Reason.NO_SAMPLE)
    made.verdict, made.why = change.verdict, change.reason
    return made


def _together(
    both: list[tuple[Figure, Figure]], indicator: Indicator
) -> list[tuple[Figure, Figure]]:
    """Those that can be tested; where none can, all of them, to show their figure."""

    def testable(figure: Figure) -> bool:
        return figure.n is not None and (indicator.percent or figure.error is not None)

    return [pair for pair in both if all(map(testable, pair))] or both
