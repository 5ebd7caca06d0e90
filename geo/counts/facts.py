"""Count a layer's rows in memory: they are read once, and grouped by sorting whole numbers.

Everything comes in pieces, in the order of the counting tables' keys, so that it can be written as
it is or compared with what is stored. Of 3,000,000 rows a piece takes less than a second.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geo.counts.fold import HIGHEST, HIGHEST_CUBE, LOWEST, SPOT
from geo.counts.models import Ledger
from geo.counts.periods import ALL_TIME, number_of
from geo.counts.spec import MOST_PARTS, Spec
from geo.loaders import binary_copy

D = Ledger.Dimension
FACTS = """
select coalesce(morton, -1)::int8, region::int4, coalesce(lies.parent_id, 0)::int4, district::int4,
    day::date, shown::int2, facet::int2, coalesce(part, 0)::int2,
    coalesce(owner, -1)::int8
from ({facts}) as facts left join geo_area as lies on lies.id = facts.region"""
TYPES = ("i8", "i4", "i4", "i4", "i4", "i2", "i2", "i2", "i8")
NAMES = ("morton", "region", "nation", "district", "day", "shown", "facet", "part", "owner")

DAY_0 = datetime.date(2000, 1, 1)  # dates are read as days since
YEARS, MONTHS, DAYS = 1, 10_000, 1_000_000  # the least number of such a period


@dataclass(frozen=True)
class Table:
    """A counting table: its key after the layer, and what it counts, with their types in COPY."""

    name: str
    key: tuple[str, ...]
    counts: tuple[str, ...]
    types: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return ("layer", *self.key, *self.counts)


CELL = Table(
    "geo_cell",
    ("cz", "morton"),
    ("n", "sum_x", "sum_y", "parts"),
    ("i2", "i8", "i4", "i8", "i8", f"{MOST_PARTS}i4"),
)
CUBE = Table(
    "geo_cube",
    ("cz", "period", "morton", "region", "facet"),
    ("n",),
    ("i2", "i4", "i8", "i4", "i2", "i4"),
)
LEDGER = Table(
    "geo_ledger",
    ("dimension", "period", "within", "place", "facet", "shown"),
    ("n",),
    ("i2", "i4", "i4", "i8", "i2", "i2", "i4"),
)
PIECES = {LEDGER: 22, CELL: HIGHEST - LOWEST + 2, CUBE: 3 * (HIGHEST_CUBE - LOWEST + 1)}


def tables(spec: Spec) -> tuple[Table, ...]:
    return (LEDGER, CELL, CUBE) if spec.mapped else (LEDGER,)


@dataclass(frozen=True)
class Piece:
    """Rows of a table in the order of its key: those from `start`, a key or its beginning, on."""

    start: tuple[int, ...]
    columns: list[np.ndarray]


@dataclass(frozen=True)
class Axis:
    """A column to group by: the code of each row, and the values of the codes, ascending.

    Without values a code is the value; `size` is more than the greatest code.
    """

    codes: np.ndarray
    size: int
    values: np.ndarray | None = None

    @classmethod
    def of(cls, column: np.ndarray) -> "Axis":
        values, codes = np.unique(column, return_inverse=True)
        return cls(codes.astype(np.int32), len(values), values)

    def at(self, rows: np.ndarray | slice) -> "Axis":
        return Axis(self.codes[rows], self.size, self.values)

    def divided(self, by: int) -> "Axis":
        """The column divided by a number: days become months or years."""
        values, codes = np.unique(self.values // by, return_inverse=True)
        return Axis(codes.astype(np.int32)[self.codes], len(values), values)


SAME = Axis(np.zeros(1, np.int32), 1)  # nothing to group by


def grouped(*axes: Axis) -> list[np.ndarray]:
    """Return the combinations of values that there are, ascending, and how many rows have each."""
    size, key = 1, np.zeros(len(axes[0].codes), np.int64)
    for axis in axes:
        size *= axis.size
        key *= axis.size
        key += axis.codes
    if size >= 2**63:
        raise OverflowError("too many combinations to number them")
    if size <= 4 * len(key):
        n = np.bincount(key, minlength=size)
        found = np.flatnonzero(n)
        n = n[found]
    else:
        key.sort()
        starts = _starts(key)
        found, n = key[starts], np.diff(starts, append=len(key))
    columns = []
    for axis in reversed(axes):
        found, code = np.divmod(found, axis.size)
        columns.append(code if axis.values is None else axis.values[code])
    return [*columns[::-1], n]


def _starts(ordered: np.ndarray) -> np.ndarray:
    """Return where each run of equal values begins."""
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])


class Facts:
    """The rows of one layer, as columns."""

    def __init__(self, cursor, spec: Spec) -> None:
        self.spec = spec
        columns = binary_copy.read(cursor, FACTS.format(facts=spec.facts), TYPES)
        self.columns = dict(zip(NAMES, columns, strict=True))

    def __len__(self) -> int:
        return len(self.columns["day"])

    def pieces(self, table: Table) -> Iterator[Piece]:
        """Yield all counts of a table: one piece at a time is in memory."""
        make = {"geo_cell": self._cells, "geo_cube": self._cube, "geo_ledger": self._ledger}
        yield from make[table.name]()

    @cached_property
    def axes(self) -> dict[str, Axis]:
        names = ("region", "district", "shown", "facet")
        found = {name: Axis.of(self.columns[name]) for name in names}
        day, facet = Axis.of(self.columns["day"]), found["facet"]
        dates = [DAY_0 + datetime.timedelta(int(value)) for value in day.values]
        found["day"] = Axis(
            day.codes, day.size, np.array([number_of(date) for date in dates], np.int32)
        )
        flags = [self.spec.values(int(code))[self.spec.flag] for code in facet.values]
        found["flag"] = Axis(np.array(flags, np.int32)[facet.codes], 2)
        return found

    @cached_property
    def periods(self) -> list[tuple[int, Axis]]:
        """All time, years, months and days, each with the least number that it may have."""
        day = self.axes["day"]
        everything = Axis(np.zeros(len(self), np.int32), 1)
        years, months = day.divided(10_000), day.divided(100)
        return [(ALL_TIME, everything), (YEARS, years), (MONTHS, months), (DAYS, day)]

    def _ledger(self) -> Iterator[Piece]:
        columns, axes = self.columns, self.axes
        every, owned = np.arange(len(self), dtype=np.int32), np.flatnonzero(columns["owner"] >= 0)
        # A row counts in the whole, which is place 0, in its region and in its nation.
        of_region, of_nation = (np.flatnonzero(columns[area] > 0) for area in ("region", "nation"))
        in_areas = np.concatenate([every, of_region, of_nation])
        areas = [columns["region"][of_region], columns["nation"][of_nation]]
        areas = Axis.of(np.concatenate([np.zeros_like(every), *areas]))
        owners = Axis.of(columns["owner"][owned])
        districts = axes["region"], axes["district"]
        for dimension, rows, within, place, facet, last in (
            (D.AREA, in_areas, SAME, areas, "flag", DAYS),
            (D.AREA_FACET, in_areas, SAME, areas, "facet", DAYS),
            (D.DISTRICT, every, *districts, "flag", DAYS),
            (D.DISTRICT_FACET, every, *districts, "facet", MONTHS),
            (D.OWNER, owned, SAME, owners, "flag", DAYS),
            (D.OWNER_FACET, owned, SAME, owners, "facet", MONTHS),
        ):
            by_shown = dimension == D.AREA_FACET and self.spec.mapped
            shown = axes["shown"].at(rows) if by_shown else SAME
            facets = axes[facet].at(rows)
            for least, period in self.periods:
                if least <= last:
                    found = grouped(period.at(rows), within, place, facets, shown)
                    yield Piece((dimension, least), [_all(dimension, found), *found])

    def _cube(self) -> Iterator[Piece]:
        placed = np.flatnonzero(self.columns["morton"] >= 0)
        morton = self.columns["morton"][placed]
        region, facet = self.axes["region"].at(placed), self.axes["facet"].at(placed)
        for cz in range(LOWEST, HIGHEST_CUBE + 1):
            cell = Axis(morton >> 2 * (SPOT - cz), 4**cz)
            for least, period in self.periods:
                if least <= MONTHS:
                    found = grouped(period.at(placed), cell, region, facet)
                    yield Piece((cz, least), [_all(cz, found), *found])

    def _cells(self) -> Iterator[Piece]:
        placed = np.flatnonzero(self.columns["morton"] >= 0)
        order = placed[np.argsort(self.columns["morton"][placed])]
        morton, part = self.columns["morton"][order], self.columns["part"][order]
        x, y = _gather(morton), _gather(morton >> 1)
        parts = [(part == value).astype(np.int32) for value in range(1, MOST_PARTS + 1)]
        cells, sums = morton, [np.ones(len(morton), np.int64), x, y, *parts]
        levels, below = {}, SPOT
        for cz in (SPOT, *range(HIGHEST, LOWEST - 1, -1)):
            # From the rows to the spots, from level to level: fewer rows each time.
            cells, below = cells >> 2 * (below - cz), cz
            if len(cells):
                starts = _starts(cells)
                cells, sums = cells[starts], [np.add.reduceat(each, starts) for each in sums]
            levels[cz] = (cells, sums)
        for cz in sorted(levels):
            cells, sums = levels[cz]
            counts = [*sums[:3], np.stack(sums[3:], axis=1)]
            yield Piece((cz,), [np.full(len(cells), cz), cells, *counts])


def _gather(codes: np.ndarray) -> np.ndarray:
    """Return every second bit of the codes, the lowest first: `geo_gather` of a column."""
    found = codes & 0x5555555555555555
    for shift, mask in enumerate(
        (
            *(0x3333333333333333, 0x0F0F0F0F0F0F0F0F, 0x00FF00FF00FF00FF),
            *(0x0000FFFF0000FFFF, 0x00000000FFFFFFFF),
        )
    ):
        found = (found | found >> (1 << shift)) & mask
    return found


def _all(value: int, columns: list[np.ndarray]) -> np.ndarray:
    """Return a column of one value, beside others."""
    return np.full(len(columns[0]), value, np.int16)
