"""Small numbers: what is hidden cannot be worked out from all that is published."""

from collections.abc import Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.core.disclosure import LEAST, Key, Line, hide, protect, table

TOTAL = "total"


def solutions(numbers: Mapping[Key, int], lines: list[Line]) -> dict[Key, set[int]]:
    """Values that each hidden number may have as well: try all around the true ones.

    Only the numbers that are no totals are tried, the totals follow from them; what agrees with
    everything that is published is kept. One that has a second value cannot be recovered.
    """
    shown = protect(numbers, lines)
    totals = {line.total for line in lines}
    free = [key for key in numbers if key not in totals and shown[key] is None]
    reach = 2 if len(free) <= 6 else 1
    around = [range(max(numbers[key] - reach, 0), numbers[key] + reach + 1) for key in free]
    possible: dict[Key, set[int]] = {key: set() for key in numbers if shown[key] is None}
    ordered = sorted(lines, key=lambda line: any(part in totals for part in line.parts))
    published = {key: n for key, n in shown.items() if n is not None}
    for tried in product(*around):
        values = dict(published) | dict(zip(free, tried, strict=True))
        for line in ordered:
            total = sum(values[part] for part in line.parts)
            if values.setdefault(line.total, total) != total:
                break
        else:
            for key, found in possible.items():
                found.add(values[key])
    return possible


def test_a_number_under_five_is_hidden():
    assert protect({"a": 4, "b": 5, "c": 0}) == {"a": None, "b": 5, "c": None}


def test_a_hidden_number_is_no_difference_of_published_ones():
    parts = {"a": 3, "b": 9, "c": 40}
    numbers = {TOTAL: 52, **parts}
    assert hide(numbers, [Line(TOTAL, tuple(parts))]) == {"a", "b"}


def test_two_zeros_are_not_given_away_by_their_sum():
    numbers = {TOTAL: 49, "a": 0, "b": 0, "c": 9, "d": 40}
    assert hide(numbers, [Line(TOTAL, ("a", "b", "c", "d"))]) == {"a", "b", "c"}


def test_where_nothing_beside_it_can_be_hidden_the_total_is():
    assert hide({TOTAL: 3, "a": 3}, [Line(TOTAL, ("a",))]) == {TOTAL, "a"}
    assert hide({TOTAL: 30, "a": 3, "b": 27}, [Line(TOTAL, ("a", "b"))]) >= {"a", "b"}


def test_large_numbers_are_left_alone():
    numbers, lines = table({("x", "1"): 12, ("x", "2"): 7, ("y", "1"): 5, ("y", "2"): 90})
    assert protect(numbers, lines) == numbers


def test_it_is_the_same_whatever_the_order():
    cells = {("x", "1"): 2, ("x", "2"): 17, ("y", "1"): 15, ("y", "2"): 90, ("z", "1"): 6}
    numbers, lines = table(cells)
    other, turned = table(dict(reversed(cells.items())))
    assert hide(numbers, lines) == hide(dict(reversed(other.items())), turned[::-1])


def test_what_is_not_there_is_no_part():
    assert hide({TOTAL: 9, "a": 9}, [Line(TOTAL, ("a", "b")), Line("c", ("a",))]) == frozenset()


small = st.integers(0, 9)


@given(st.lists(st.lists(small, min_size=2, max_size=3), min_size=2, max_size=2))
@settings(max_examples=60)
def test_nobody_recovers_a_hidden_number_of_a_table(rows):
    width = min(map(len, rows))
    cells = {(r, c): row[c] for r, row in enumerate(rows) for c in range(width)}
    numbers, lines = table(cells)
    for key, found in solutions(numbers, lines).items():
        assert numbers[key] in found
        assert len(found) > 1, (key, numbers)


@given(st.lists(st.lists(small, min_size=1, max_size=3), min_size=1, max_size=3))
@settings(max_examples=60)
def test_nor_of_a_tree_of_areas(regions):
    numbers: dict[Key, int] = {}
    lines = [Line(TOTAL, tuple(range(len(regions))))]
    for region, districts in enumerate(regions):
        places = tuple((region, number) for number in range(len(districts)))
        numbers |= dict(zip(places, districts, strict=True)) | {region: sum(districts)}
        lines.append(Line(region, places))
    numbers[TOTAL] = sum(map(sum, regions))
    hidden = {key for key, n in protect(numbers, lines).items() if n is None}
    assert {key for key, n in numbers.items() if n < LEAST} <= hidden
    for key, found in solutions(numbers, lines).items():
        assert numbers[key] in found
        assert len(found) > 1, (key, numbers)


def test_another_least_number_may_be_asked_for():
    numbers = {TOTAL: 69, "a": 2, "b": 8, "c": 9, "d": 50}
    lines = [Line(TOTAL, ("a", "b", "c", "d"))]
    assert hide(numbers, lines, 3) == {"a", "b"}
    assert hide(numbers, lines, 10) == {"a", "b", "c"}
