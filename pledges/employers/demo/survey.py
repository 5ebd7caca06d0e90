"""Figures of the staff survey for the fictional employers, by formula: always the same."""

import math

from django.utils import timezone

from pledges.employers.demo.organisations import fictional_employers
from pledges.employers.models.survey import Finding, Indicator, IndicatorSet
from pledges.employers.survey.changes import recompute_changes
from pledges.employers.survey.importing import save_findings
from pledges.employers.survey.statistics import FEWEST, WIDTH
from pledges.organisations.models import Organisation

# The years of the key findings that are shown; of the scores, the last three.
KEY_FINDINGS = (2013, 2014, 2015)
LAST_YEARS = 3
DEVIATION = 0.18  # of a score, as a share of its scale


def seed_survey() -> int:
    """Write figures for each fictional employer, replacing earlier ones; return how many."""
    this = timezone.localdate().year
    total = 0
    for year in (*KEY_FINDINGS, *range(this - LAST_YEARS, this)):
        if current := IndicatorSet.objects.in_year(year):
            indicators = list(current.indicators.all())
            findings = [
                _finding(year, indicator, place, employer)
                for place, employer in enumerate(fictional_employers())
                for indicator in indicators
            ]
            save_findings(year, findings)
            total += len(findings)
    return total


def remove_survey() -> None:
    """Remove the figures, and their changes."""
    rows = Finding.objects.filter(organisation__demo=True)
    years = set(rows.order_by().values_list("year", flat=True))
    rows.delete()
    for year in sorted(years | {year + 1 for year in years}):
        recompute_changes(year)


def _finding(year: int, indicator: Indicator, place: int, employer: Organisation) -> Finding:
    """A little better each year at most employers, worse at some; some are withheld."""
    made = Finding(year=year, indicator=indicator, organisation=employer)
    turn = place * 13 + indicator.number * 7 + year
    if turn % 41 == 0:
        made.suppressed = True
        return made
    length = indicator.high - indicator.low
    better = 1 if indicator.more_is_better else -1
    level = 0.62 if indicator.more_is_better else 0.3
    level += 0.012 * ((place * 5 + indicator.number * 3) % 9 - 4)
    # Of every five steps, one is back.
    step = (0.022, 0.012, 0.03, -0.024, 0.004)[(place + indicator.number * 2 + year) % 5]
    level += better * (0.006 * (year - KEY_FINDINGS[0]) + step)
    made.n = max(FEWEST, 420 + 173 * (place * 3 % 11) + indicator.number * 5)
    made.value = round(indicator.low + length * level, 1 if indicator.percent else 2)
    # One of the employers never gives confidence limits.
    if not indicator.percent and place % 6 != 5:
        half = WIDTH * DEVIATION * length / math.sqrt(made.n)
        made.low, made.high = round(made.value - half, 3), round(made.value + half, 3)
    return made
