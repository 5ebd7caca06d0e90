"""Statistical disclosure control: figures about people who are not public one by one.

A number under five is hidden. So are others beside it, wherever a published total less its
published parts would give the hidden one away: in each line (a total and what it is the sum of) at
least two numbers are hidden or none, and together they are no less than five. What is then still
pinned down by several lines at once is found by narrowing each hidden number between its bounds,
as a reader with pencil and paper would, and more is hidden until nothing is.

What is hidden depends on the numbers and their names alone: give the whole table, whatever part of
it a page shows, and every page, file and report hides the same.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

LEAST = 5
INFINITY = float("inf")
ROUNDS = 100  # of narrowing; bounds stand still after a few
Key = Hashable
Bounds = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A total and its parts: keys of numbers, of which the first is the sum of the others."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


def protect(
    numbers: Mapping[Key, int], lines: Iterable[Line] = (), least: int = LEAST
) -> dict[Key, int | None]:
    """Return the numbers, None for each that must be hidden."""
    hidden = hide(numbers, lines, least)
    return {key: None if key in hidden else number for key, number in numbers.items()}


def hide(
    numbers: Mapping[Key, int], lines: Iterable[Line] = (), least: int = LEAST
) -> frozenset[Key]:
    """Return the keys of the numbers that must be hidden. A key that no number has is no part."""
    known = [_only(line, numbers) for line in lines if line.total in numbers]
    hidden = {key for key, number in numbers.items() if number < least}
    while more := _one_more(numbers, known, hidden, least):
        hidden |= more
    return frozenset(hidden)


def table(
    cells: Mapping[tuple[Key, Key], int], margin: Key = "total"
) -> tuple[dict[Key, int], list[Line]]:
    """Add sums of rows, of columns and of everything to cells by (row, column): numbers and lines.

    Sums have the keys (row, margin), (margin, column) and (margin, margin).
    """
    rows = sorted({row for row, _ in cells}, key=repr)
    columns = sorted({column for _, column in cells}, key=repr)
    numbers: dict[Key, int] = {
        (row, column): cells.get((row, column), 0) for row in rows for column in columns
    }
    lines = [Line((row, margin), tuple((row, c) for c in columns)) for row in rows]
    lines += [Line((margin, column), tuple((r, column) for r in rows)) for column in columns]
    for line in lines:
        numbers[line.total] = sum(numbers[part] for part in line.parts)
    everything = (margin, margin)
    lines.append(Line(everything, tuple((row, margin) for row in rows)))
    lines.append(Line(everything, tuple((margin, column) for column in columns)))
    numbers[everything] = sum(cells.values())
    return numbers, lines


def _only(line: Line, numbers: Mapping[Key, int]) -> Line:
    return Line(line.total, tuple(part for part in line.parts if part in numbers))


def _one_more(
    numbers: Mapping[Key, int], lines: list[Line], hidden: set[Key], least: int
) -> set[Key]:
    """Return what to hide next; nothing once the table is safe."""
    for line in lines:
        within = [part for part in line.parts if part in hidden]
        if line.total in hidden:
            # A hidden total whose parts are all published is their sum.
            if line.parts and not within:
                return {_smallest(numbers, line.parts)}
        elif within and (len(within) < 2 or sum(numbers[part] for part in within) < least):
            return {_next(numbers, line, hidden)}
    for key in sorted(_pinned(numbers, lines, hidden, least), key=repr):
        for line in lines:
            if key in line.keys and any(other not in hidden for other in line.keys):
                return {_next(numbers, line, hidden)}
    return set()


def _next(numbers: Mapping[Key, int], line: Line, hidden: set[Key]) -> Key:
    """Return the smallest part still published, else the total."""
    left = [part for part in line.parts if part not in hidden]
    return _smallest(numbers, left) if left else line.total


def _smallest(numbers: Mapping[Key, int], keys: Iterable[Key]) -> Key:
    return min(keys, key=lambda key: (numbers[key], repr(key)))


def _pinned(
    numbers: Mapping[Key, int], lines: list[Line], hidden: set[Key], least: int
) -> set[Key]:
    """Return the hidden numbers that a reader can tell, or knows to within less than `least`."""
    bounds = bounds_of({k: n for k, n in numbers.items() if k not in hidden}, hidden, lines)
    return {key for key, (low, high) in bounds.items() if high - low < least - 1}


def bounds_of(
    published: Mapping[Key, int], hidden: Iterable[Key], lines: Iterable[Line]
) -> dict[Key, Bounds]:
    """Return between which bounds each hidden number must lie, given all that is published."""
    bounds: dict[Key, Bounds] = {key: (n, n) for key, n in published.items()}
    bounds |= dict.fromkeys(hidden, (0, INFINITY))
    # Only a line with a hidden number can say something new.
    telling = [line for line in lines if any(bounds[k][0] < bounds[k][1] for k in line.keys)]
    for _ in range(ROUNDS):
        narrowing = False
        for line in telling:
            for key, narrowed in _narrowed(line, bounds):
                narrowing |= narrowed != bounds[key]
                bounds[key] = narrowed
        if not narrowing:
            break
    return {key: bounds[key] for key in hidden}


def _narrowed(line: Line, bounds: Mapping[Key, Bounds]) -> list[tuple[Key, Bounds]]:
    """Return what a line says of its total and of each part, by the bounds of the others."""
    parts = [bounds[part] for part in line.parts]
    low = sum(one[0] for one in parts)
    high = sum(one[1] for one in parts if one[1] < INFINITY)
    open_ended = sum(one[1] == INFINITY for one in parts)
    total = bounds[line.total]
    found = [(line.total, _both(total, (low, INFINITY if open_ended else high)))]
    for key, one in zip(line.parts, parts, strict=True):
        # What the others may come to at most: without end if another than this one is.
        endless = open_ended > (one[1] == INFINITY)
        others = INFINITY if endless else high - (one[1] if one[1] < INFINITY else 0)
        found.append((key, _both(one, (total[0] - others, total[1] - (low - one[0])))))
    return found


def _both(one: Bounds, other: Bounds) -> Bounds:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    # Different people do not add up: a line that contradicts what is known says nothing.
    return (low, high) if low <= high else one
