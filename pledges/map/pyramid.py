"""An unfiltered cluster tile, read from the pyramid by one statement: at most sixteen rows.

Written out, because building and compiling the same by the ORM takes longer than the database.
"""

from dataclasses import dataclass

from django.db import connection

from geo.tiles.grid import Tile
from pledges.pledging.models import SPEC

# The condition on n stands first: the pledges are looked at for cells of one pledge alone, by the
# covering index.
CELLS = """
select cell.morton, cell.n, cell.sum_x, cell.sum_y, cell.parts, alone.id, alone.morton
from geo_cell as cell left join lateral (
    select id, morton from pledges_pledge
    where cell.n = 1 and public and morton is not null
    and morton >= cell.morton << %(shift)s and morton < (cell.morton + 1) << %(shift)s
    limit 1
) as alone on true
where cell.layer = %(layer)s and cell.cz = %(cz)s
and cell.morton >= %(low)s and cell.morton < %(high)s and cell.n > 0
order by cell.morton
"""
DEMO = "select exists(select from pledges_pledge where public and demo)"
THEMES = "select number, slug from pledges_theme"


@dataclass(frozen=True)
class PyramidCell:
    """One cell: its code, its pledges by theme number, their mean point in pixels of zoom 24.

    `key` and `spot` are the pledge and its Morton code where it is alone.
    """

    code: int
    parts: dict[int, int]
    x: float
    y: float
    key: int | None
    spot: int | None


def demo() -> bool:
    """Whether any public pledge is demo content."""
    with connection.cursor() as cursor:
        cursor.execute(DEMO)
        return cursor.fetchone()[0]


def slugs() -> dict[int, str]:
    """Return the slug of each theme by its number."""
    with connection.cursor() as cursor:
        cursor.execute(THEMES)
        return dict(cursor.fetchall())


def cells(tile: Tile, cz: int) -> list[PyramidCell]:
    """Return the cells of cell zoom `cz` that lie on a tile, in the order of their codes."""
    low, high = tile.cell_range(cz)
    values = {"layer": SPEC.layer, "cz": cz, "low": low, "high": high, "shift": 2 * (24 - cz)}
    with connection.cursor() as cursor:
        cursor.execute(CELLS, values)
        return [
            PyramidCell(
                code,
                {number: part for number, part in enumerate(parts, 1) if part},
                x / n + 0.5,
                y / n + 0.5,
                key,
                spot,
            )
            for code, n, x, y, parts, key, spot in cursor.fetchall()
        ]
