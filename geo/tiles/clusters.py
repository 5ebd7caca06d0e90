"""Cluster tiles of a counted layer: its counts on one tile, and the features made of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, Sum

from geo.counts.fold import SPOT
from geo.counts.models import Cell, Cube
from geo.counts.spec import Spec
from geo.tiles.grid import CELLS, SPOTS_FROM, Tile, cell_bbox, degrees, feature, morton_decode

FAN = 12  # rows at one spot that the map fans out; more are read as a list
Counts = dict[int, dict[int, int]]  # cell code -> value of the layer's part -> rows


def cell_zoom(tile: Tile) -> int:
    """Return the zoom of the cells that a tile is drawn of; from zoom 16 on they are spots."""
    return SPOT if tile.z >= SPOTS_FROM else tile.z + CELLS


def count_properties(parts: dict[int, int], slugs: dict[int, str]) -> dict[str, object]:
    """Return what a feature says of its rows: how many, and how many of each part by its slug."""
    named = {slugs[part]: n for part, n in sorted(parts.items()) if part in slugs}
    return {"count": sum(parts.values()), "parts": named}


def spot_position(spot: int) -> list[float]:
    column, row = morton_decode(spot)
    return degrees(column + 0.5, row + 0.5)


@dataclass(frozen=True)
class LayerTile:
    """A tile of a layer. Rows that are handed in are public ones that pass the filters."""

    spec: Spec
    tile: Tile

    @property
    def cz(self) -> int:
        return cell_zoom(self.tile)

    def from_pyramid(self, parts: frozenset[int] | None) -> Counts:
        """Count all rows, or those with one of these parts."""
        counts = {
            cell: {i: n for i, n in enumerate(numbers, 1) if n and (parts is None or i in parts)}
            for cell, numbers in self._pyramid().values_list("morton", "parts")
        }
        return {cell: found for cell, found in counts.items() if found}

    def from_cube(
        self,
        periods: Iterable[int],
        regions: Iterable[int] | None,
        facets: dict[str, frozenset[int]],
    ) -> Counts:
        """Count the rows of whole periods, by region and by facets."""
        low, high = self.tile.cell_range(self.cz)
        rows = Cube.objects.filter(
            layer=self.spec.layer, cz=self.cz, period__in=periods, morton__gte=low, morton__lt=high
        )
        # Plus nothing: as plain columns of the key, each value of each list would begin a search of
        # the index of its own, where one search a period reads the tile's whole short range.
        if regions is not None:
            rows = rows.alias(place=F("region") + 0).filter(place__in=regions)
        if codes := self.spec.codes(facets):
            rows = rows.alias(code=F("facet") + 0).filter(code__in=codes)
        return self._summed(rows.annotate(cell=F("morton")), Sum("n"))

    def from_rows(self, rows: QuerySet) -> Counts:
        """Count the rows themselves: a tile's contiguous range of Morton codes."""
        cell = Func(F("morton"), template=f"(%(expressions)s >> {2 * (SPOT - self.cz)})")
        return self._summed(self._within(rows).annotate(cell=cell), Count("*"))

    def features(self, counts: Counts, rows: QuerySet, slugs: dict[int, str]) -> Iterator[dict]:
        """Yield a feature for each cell: a cluster, a single row or, close up, a spot."""
        make = self._spots if self.cz == SPOT else self._cells
        yield from make(counts, self._within(rows).order_by(), slugs)

    def _cells(self, counts: Counts, rows: QuerySet, slugs: dict[int, str]) -> Iterator[dict]:
        means = self._means()
        alone = self._alone([c for c, parts in counts.items() if sum(parts.values()) == 1], rows)
        for cell, parts in sorted(counts.items()):
            bbox, properties = cell_bbox(cell, self.cz), count_properties(parts, slugs)
            # A row of after the last fold may be in a cell that the pyramid does not know yet.
            middle = [round((bbox[0] + bbox[2]) / 2, 6), round((bbox[1] + bbox[3]) / 2, 6)]
            if cell in alone:
                key, spot = alone[cell]
                yield feature(spot_position(spot), {**properties, "spot": str(spot)}, key)
            else:
                yield feature(means.get(cell, middle), {**properties, "bbox": bbox})

    def _spots(self, counts: Counts, rows: QuerySet, slugs: dict[int, str]) -> Iterator[dict]:
        few = [spot for spot, parts in counts.items() if sum(parts.values()) <= FAN]
        found = defaultdict(list)
        near = rows.filter(morton__in=few).order_by("id")
        for spot, key, facet in near.values_list("morton", "id", "facet"):
            found[spot].append((key, slugs[self.spec.values(facet)[self.spec.part]]))
        for spot, parts in sorted(counts.items()):
            properties = {**count_properties(parts, slugs), "spot": str(spot)}
            keys = found.get(spot, [])
            if len(keys) > 1:
                properties["ids"] = [key for key, _theme in keys]
                properties["themes"] = [theme for _key, theme in keys]
            yield feature(spot_position(spot), properties, keys[0][0] if len(keys) == 1 else None)

    def _pyramid(self) -> QuerySet[Cell]:
        low, high = self.tile.cell_range(self.cz)
        return Cell.objects.filter(
            layer=self.spec.layer, cz=self.cz, morton__gte=low, morton__lt=high, n__gt=0
        )

    def _means(self) -> dict[int, list[float]]:
        """Mean point of all rows of each cell: a filter changes the number, not the place."""
        return {
            cell: degrees(x / n + 0.5, y / n + 0.5)
            for cell, n, x, y in self._pyramid().values_list("morton", "n", "sum_x", "sum_y")
        }

    def _alone(self, cells: list[int], rows: QuerySet) -> dict[int, tuple[int, int]]:
        """Return (id, spot) of the row of each cell that has only one; at most 16 cells."""
        if not cells:
            return {}
        shift = 2 * (SPOT - self.cz)
        within = Q()
        for cell in cells:
            within |= Q(morton__gte=cell << shift, morton__lt=cell + 1 << shift)
        found = rows.filter(within).values_list("morton", "id")
        return {spot >> shift: (key, spot) for spot, key in found}

    def _within(self, rows: QuerySet) -> QuerySet:
        return rows.filter(
            morton__isnull=False, morton__gte=self.tile.low, morton__lt=self.tile.high
        )

    def _summed(self, rows: QuerySet, total: Sum | Count) -> Counts:
        """Group by cell and part, which is cut out of the facet: the indexes hold that."""
        part = Func(F("facet"), template=self.spec.digit_sql(self.spec.part, "%(expressions)s"))
        part.output_field = IntegerField()
        counts: Counts = defaultdict(lambda: defaultdict(int))
        grouped = rows.order_by().annotate(part=part).values("cell", "part").annotate(total=total)
        for cell, value, n in grouped.values_list("cell", "part", "total"):
            if n:
                counts[cell][value] = n
        return counts
