"""What became of the findings of a year: written when figures come in, read by every page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from pledges.employers.models.survey import Change, Finding, Indicator, IndicatorSet, PlaceChange
from pledges.employers.survey import statistics
from pledges.employers.survey.statistics import Figure, Why, is_hidden, pooled, untested
from pledges.organisations.models import Organisation

EVERYWHERE = None  # in place of the key of a region


@dataclass(frozen=True)
class Pair:
    """A finding and the figure of the year before: None where there is none, or it is withheld."""

    now: Figure | None
    before: Figure | None
    why: Why = Why.NOTHING


@transaction.atomic
def judge(year: int) -> None:
    """Write the changes of a year afresh, of all organisations, of all regions and of everywhere.

    The year after has this one before it: who writes findings calls this for both.
    """
    # Two imports at once would each leave out what the other has not committed yet.
    list(IndicatorSet.objects.order_by("year").select_for_update())
    asked = IndicatorSet.objects.in_year(year)
    indicators = list(asked.indicators.select_related("set")) if asked else []
    pairs = _pairs(year, indicators)
    Change.objects.in_year(year).delete()
    Change.objects.bulk_create(_of_organisations(year, indicators, pairs), batch_size=2_000)
    PlaceChange.objects.in_year(year).delete()
    PlaceChange.objects.bulk_create(_of_places(year, indicators, pairs))


def judge_since(year: int) -> None:
    """The same for every year from this one on of which there are figures."""
    rows = Finding.objects.filter(year__gte=year).order_by()
    for one in sorted(set(rows.values_list("year", flat=True))):
        judge(one)


def comparable(indicator: Indicator, year: int) -> tuple[int | None, Why]:
    """The key of the indicator that the year before is compared by, or why there is none."""
    if indicator.set.year < year:
        return indicator.pk, Why.NOTHING
    if indicator.continues_id:
        return indicator.continues_id, Why.NOTHING
    first = not IndicatorSet.objects.filter(year__lt=year).exists()
    return None, Why.NO_YEAR_BEFORE if first else Why.QUESTION_CHANGED


Pairs = Mapping[int, Mapping[int, Pair]]  # indicator -> organisation -> pair


def _pairs(year: int, indicators: list[Indicator]) -> Pairs:
    earlier = {one.pk: comparable(one, year) for one in indicators}
    keys = {one.pk for one in indicators} | {key for key, _why in earlier.values() if key}
    figures: dict[tuple[int, int], dict[int, Figure | None]] = defaultdict(dict)
    rows = Finding.objects.filter(year__in=(year - 1, year), indicator__in=keys)
    columns = ("year", "indicator", "organisation", "suppressed", "value", "n", "low", "high")
    for at, indicator, organisation, withheld, *told in rows.order_by().values_list(*columns):
        figure = None if withheld else Figure(*told)
        # However it was written: nothing is tested, or added up, of fewer answers than are shown.
        few = figure and is_hidden(figure.n, suppressed=False)
        figures[at, indicator][organisation] = None if few else figure
    return {
        one.pk: {
            organisation: _pair(now, organisation, figures, year, earlier[one.pk])
            for organisation, now in figures[year, one.pk].items()
        }
        for one in indicators
    }


def _pair(
    now: Figure | None,
    organisation: int,
    figures: Mapping[tuple[int, int], Mapping[int, Figure | None]],
    year: int,
    earlier: tuple[int | None, Why],
) -> Pair:
    key, why = earlier
    if key is None:
        return Pair(now, None, why)
    there = figures.get((year - 1, key), {})
    if organisation not in there:
        return Pair(now, None, Why.NO_YEAR_BEFORE)
    before = there[organisation]
    return Pair(now, before, Why.HIDDEN if now is None or before is None else Why.NOTHING)


def _change(indicator: Indicator, pair: Pair) -> statistics.Change:
    if pair.why or pair.now is None or pair.before is None:
        return untested(pair.why or Why.HIDDEN)
    return statistics.compare(
        pair.before,
        pair.now,
        percent=indicator.percent,
        more_is_better=indicator.more_is_better,
    )


def _of_organisations(year: int, indicators: list[Indicator], pairs: Pairs) -> Iterator[Change]:
    for indicator in indicators:
        for organisation, pair in pairs[indicator.pk].items():
            found = _change(indicator, pair)
            yield Change(
                organisation_id=organisation,
                indicator=indicator,
                year=year,
                verdict=found.verdict,
                why=found.why,
            )


def _of_places(year: int, indicators: list[Indicator], pairs: Pairs) -> Iterator[PlaceChange]:
    """All regions and everywhere. Fictional organisations count only while there are no others."""
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
    """The figure of those with both years: a sum that changed its members would show that too."""
    found = list(pairs)
    both = _together([(p.now, p.before) for p in found if p.now and p.before], indicator)
    made = PlaceChange(area_id=area, indicator=indicator, year=year, demo=demo)
    made.organisations = len(both)
    if not both:
        change = untested(max(one.why for one in found))
    else:
        now = pooled((now for now, _before in both), percent=indicator.percent)
        before = pooled((before for _now, before in both), percent=indicator.percent)
        if now and before:
            made.value, made.before = now.value, before.value
            change = _change(indicator, Pair(now, before))
        else:
            change = untested(Why.NO_SAMPLE)
    made.verdict, made.why = change.verdict, change.why
    return made


def _together(
    both: list[tuple[Figure, Figure]], indicator: Indicator
) -> list[tuple[Figure, Figure]]:
    """Those that can be tested; where none can, all of them, to be shown at least."""

    def testable(figure: Figure) -> bool:
        return figure.n is not None and (indicator.percent or figure.error is not None)

    return [pair for pair in both if all(map(testable, pair))] or both
