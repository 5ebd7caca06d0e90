"""Tests of whether a figure of a survey changed since the year before, beyond chance.

Nothing here reads a database: figures in, a verdict out, with the reason where it is not tested.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from statistics import NormalDist

# The survey itself publishes nothing of fewer answers: one of ten could be known by their desk.
FEWEST = 11
LEVEL = 0.05  # two-sided
# What half of a 95 % confidence interval is long, in standard errors.
WIDTH = NormalDist().inv_cdf(1 - LEVEL / 2)


class Verdict(IntEnum):
    """The change of a finding on the year before. Stored by these numbers."""

    IMPROVED = 1
    SAME = 2
    WORSE = 3
    UNTESTED = 4


class Reason(IntEnum):
    """Why a finding is not tested; NONE where it is. Stored by these numbers."""

    NONE = 0
    WITHHELD = 1  # suppressed at the source, or of fewer than FEWEST answers, in one of the years
    NO_YEAR_BEFORE = 2
    QUESTION_CHANGED = 3
    NO_SAMPLE = 4  # a percentage without how many answered
    NO_LIMITS = 5  # a score without confidence limits


@dataclass(frozen=True)
class Figure:
    """A published figure: a percentage (0 to 100) of `n` answers, or a score with its limits.

    `low` and `high` are the limits of the 95 % confidence interval.
    """

    value: float
    n: int | None = None
    low: float | None = None
    high: float | None = None

    @property
    def error(self) -> float | None:
        """The standard error, from the confidence limits, or None without them."""
        if self.low is None or self.high is None:
            return None
        return (self.high - self.low) / (2 * WIDTH)


@dataclass(frozen=True)
class Comparison:
    """The verdict on two figures. `p` is the two-sided p-value; None where it is not tested."""

    verdict: Verdict
    reason: Reason = Reason.NONE
    p: float | None = None


def untested(reason: Reason) -> Comparison:
    return Comparison(Verdict.UNTESTED, reason)


def compare(before: Figure, now: Figure, *, percent: bool, more_is_better: bool) -> Comparison:
    """Compare two figures of one question, neither of which is hidden."""
    if percent:
        if before.n is None or now.n is None:
            return untested(Reason.NO_SAMPLE)
        p = two_proportions(before.value / 100, before.n, now.value / 100, now.n)
    else:
        if before.error is None or now.error is None:
            return untested(Reason.NO_LIMITS)
        p = two_means(before.value, before.error, now.value, now.error)
    if p >= LEVEL:
        return Comparison(Verdict.SAME, p=p)
    better = (now.value > before.value) == more_is_better
    return Comparison(Verdict.IMPROVED if better else Verdict.WORSE, p=p)


def two_proportions(first: float, n_first: int, second: float, n_second: int) -> float:
    """Return the two-sided p of the z test of two proportions (0 to 1) with pooled variance."""
    pooled = (first * n_first + second * n_second) / (n_first + n_second)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n_first + 1 / n_second))
    return _two_sided(second - first, error)


def two_means(first: float, error_first: float, second: float, error_second: float) -> float:
    """Return the two-sided p of the z test of two independent means with their standard errors."""
    return _two_sided(second - first, math.hypot(error_first, error_second))


def _two_sided(difference: float, error: float) -> float:
    # Nobody said it, or all did, in both years: no variance, and no difference either. Limits
    # that are equal to their score leave no doubt, so a difference is one.
    if error == 0:
        return 1.0 if difference == 0 else 0.0
    # erfc keeps its digits far out, where 1 - cdf has none left.
    return math.erfc(abs(difference) / error / math.sqrt(2))


def is_hidden(n: int | None, *, suppressed: bool) -> bool:
    """Whether a figure must not be shown: withheld at the source, or of too few answers."""
    return suppressed or (n is not None and n < FEWEST)


def pooled(figures: Iterable[Figure], *, percent: bool) -> Figure | None:
    """Return the figure of several organisations together, weighted by how many answered.

    None where one does not say how many answered. A score has limits only where every part has
    them.
    """
    parts = list(figures)
    weighted = [(part, part.n) for part in parts if part.n is not None]
    answers = sum(n for _part, n in weighted)
    if not answers or len(weighted) < len(parts):
        return None
    value = sum(part.value * n for part, n in weighted) / answers
    errors = [part.error * n for part, n in weighted if part.error is not None]
    if percent or len(errors) < len(parts):
        return Figure(value, answers)
    half = WIDTH * math.hypot(*errors) / answers
    return Figure(value, answers, value - half, value + half)


@dataclass(frozen=True)
class Headline:
    """How many findings have which verdict. "21 of the 28": `improved` of `tested`."""

    improved: int = 0
    same: int = 0
    worse: int = 0
    untested: int = 0

    @property
    def tested(self) -> int:
        """The M of "N of the M improved"."""
        return self.improved + self.same + self.worse

    @property
    def findings(self) -> int:
        return self.tested + self.untested

    def __add__(self, other: "Headline") -> "Headline":
        return Headline(
            self.improved + other.improved,
            self.same + other.same,
            self.worse + other.worse,
            self.untested + other.untested,
        )
