"""The tests of figures against statsmodels, and what they say where it has no answer."""

import math

import numpy as np
import pytest
from statsmodels.stats.proportion import proportions_ztest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from pledges.employers.survey.statistics import (
    LEVEL,
    WIDTH,
    Figure,
    Headline,
    Reason,
    Verdict,
    compare,
    is_hidden,
    pooled,
    two_means,
    two_proportions,
)

# Shares (per cent) and answers of two years: large, tiny, lopsided, at the ends, hardly different.
PROPORTIONS = [
    (61.2, 812, 66.9, 845),
    (61.2, 812, 61.9, 845),
    (40, 11, 80, 11),
    (0, 11, 45.5, 11),
    (3, 12, 30, 2600),
    (0, 400, 1, 400),
    (100, 250, 97.5, 240),
    (50, 100_000, 50.7, 100_000),
    (0.1, 30_000, 0.04, 30_000),
]


@pytest.mark.parametrize(("first", "n_first", "second", "n_second"), PROPORTIONS)
def test_percentages_are_tested_as_statsmodels_does(first, n_first, second, n_second):
    counts = [first / 100 * n_first, second / 100 * n_second]
    _z, expected = proportions_ztest(counts, [n_first, n_second])
    found = two_proportions(first / 100, n_first, second / 100, n_second)
    assert math.isclose(found, expected, rel_tol=1e-9)
    change = compare(
        Figure(first, n_first), Figure(second, n_second), percent=True, more_is_better=True
    )
    expected_verdict = Verdict.IMPROVED if second > first else Verdict.WORSE
    assert change.verdict == (expected_verdict if expected < LEVEL else Verdict.SAME)


@pytest.mark.parametrize("sizes", [(12, 15), (300, 340), (4000, 11)])
@pytest.mark.parametrize("shift", [0, 0.1, 1])
def test_scores_are_tested_as_statsmodels_does(sizes, shift):
    random = np.random.default_rng(7)
    first, second = (random.normal(6 + at * shift, 1.5, n) for at, n in enumerate(sizes))
    described = [DescrStatsW(first), DescrStatsW(second)]
    _z, expected = CompareMeans(*described).ztest_ind(usevar="unequal")
    figures = [Figure(one.mean, len(one.data), *one.zconfint_mean(alpha=0.05)) for one in described]
    found = compare(*figures, percent=False, more_is_better=True)
    assert math.isclose(found.p, expected, rel_tol=1e-6)


@pytest.mark.parametrize("share", [0, 100])
def test_without_variance_nothing_changed(share):
    """statsmodels divides nothing by nothing there."""
    same = compare(Figure(share, 40), Figure(share, 70), percent=True, more_is_better=True)
    assert (same.verdict, same.p) == (Verdict.SAME, 1)
    assert two_means(5, 0, 5, 0) == 1
    assert two_means(5, 0, 6, 0) == 0


def test_what_is_better_depends_on_the_question():
    before, now = Figure(30, 900), Figure(20, 900)
    verdicts = [
        compare(before, now, percent=True, more_is_better=way).verdict for way in (True, False)
    ]
    assert verdicts == [Verdict.WORSE, Verdict.IMPROVED]


def test_what_cannot_be_tested_is_said_with_the_reason():
    score, limits = Figure(3.6, 800), Figure(3.9, 800, 3.8, 4.0)
    assert compare(score, limits, percent=False, more_is_better=True).reason == Reason.NO_LIMITS
    share = compare(Figure(40), Figure(60, 90), percent=True, more_is_better=True)
    assert (share.verdict, share.reason, share.p) == (Verdict.UNTESTED, Reason.NO_SAMPLE, None)
    assert Headline(improved=21, same=4, worse=1, untested=2).tested == 26


def test_few_answers_are_hidden():
    hidden = [is_hidden(n, suppressed=False) for n in (None, 0, 10, 11)]
    assert hidden == [False, True, True, False]
    assert is_hidden(900, suppressed=True)


def test_organisations_together_weigh_by_their_answers():
    both = pooled([Figure(50, 100), Figure(80, 300)], percent=True)
    assert (both.value, both.n) == (72.5, 400)
    assert pooled([Figure(50, 100), Figure(80)], percent=True) is None
    assert pooled([], percent=True) is None
    random = np.random.default_rng(3)
    parts = [random.normal(mean, 1, n) for mean, n in ((3.5, 60), (4.1, 240))]
    described = [DescrStatsW(part) for part in parts]
    figures = [Figure(d.mean, len(d.data), *d.zconfint_mean()) for d in described]
    together = pooled(figures, percent=False)
    # The mean of strata by their sizes, and its variance: the weighted sum of their variances.
    error = math.sqrt(sum((len(d.data) / 300 * d.std_mean) ** 2 for d in described))
    assert math.isclose(together.value, np.concatenate(parts).mean())
    assert math.isclose(together.high - together.low, 2 * WIDTH * error)
