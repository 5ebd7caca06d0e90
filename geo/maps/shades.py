"""Shades of areas on maps: none, and four more from the fewest to the most."""

from collections.abc import Sequence

SHADES = 4
# From none to the most; the scripts of maps have the same.
COLOURS = ("#f6f3ec", "#d3e3f3", "#9fc2e4", "#5e97cc", "#1d5ba6")


def shades(numbers: Sequence[int]) -> list[int]:
    """Return the shade of each number: 0 for none, the last for the most; equal ones alike.

    About as many are of one shade as of another. Where many have the same number that would leave
    the outstanding ones among the others: then as many different numbers are of one as of another.
    """
    some = sorted(n for n in numbers if n)
    steps = _quarters(some)
    if len(steps) < SHADES:
        steps = _quarters(sorted(set(some)))
    unused = SHADES - len(steps)
    return [unused + sum(n >= step for step in steps) if n else 0 for n in numbers]


def _quarters(some: Sequence[int]) -> list[int]:
    """The numbers at which a shade begins, none doubled."""
    return sorted({some[len(some) * part // SHADES] for part in range(SHADES)}) if some else []
