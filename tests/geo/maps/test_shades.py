"""Shades of districts: the most stands out, and equals are alike."""

import pytest

from geo.maps.shades import shades


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([7, 0], [4, 0]),
        ([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 2, 2, 3, 3, 4, 4]),
        # Many with one or two, and one of a hundred.
        ([1] * 20 + [2] * 9 + [0, 383], [2] * 20 + [3] * 9 + [0, 4]),
    ],
)
def test_from_the_fewest_to_the_most(numbers, expected):
    assert shades(numbers) == expected
