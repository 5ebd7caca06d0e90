"""The grid of tiles: which codes a tile holds, and where its cells lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.core.errors import NotFound
from geo.tiles.grid import (
    MOST_ZOOM,
    PIXELS,
    Tile,
    cell_bbox,
    collection,
    degrees,
    feature,
    morton_decode,
)

WORLD = Tile(0, 0, 0)


@st.composite
def tiles(draw):
    z = draw(st.integers(0, MOST_ZOOM))
    return Tile(z, draw(st.integers(0, (1 << z) - 1)), draw(st.integers(0, (1 << z) - 1)))


def children(tile: Tile) -> list[Tile]:
    return [
        Tile(tile.z + 1, 2 * tile.x + right, 2 * tile.y + down)
        for down in (0, 1)
        for right in (0, 1)
    ]


def test_the_world_is_one_tile():
    assert (WORLD.low, WORLD.high) == (0, 1 << 48)


@given(tiles())
def test_the_four_tiles_below_share_a_tile_out_between_them(tile):
    ranges = [(child.low, child.high) for child in children(tile)]
    assert ranges[0][0] == tile.low
    assert ranges[-1][1] == tile.high
    assert all(ranges[i][1] == ranges[i + 1][0] for i in range(3))


@given(tiles())
def test_a_code_leads_back_to_column_and_row(tile):
    assert morton_decode(tile.code) == (tile.x, tile.y)


@given(tiles())
def test_cells_of_a_tile_are_sixteen_two_zooms_below(tile):
    low, high = tile.cell_range(tile.z + 2)
    assert high - low == 16
    assert {(column >> 2, row >> 2) for column, row in map(morton_decode, range(low, high))} == {
        (tile.x, tile.y)
    }


@pytest.mark.parametrize(
    ("z", "x", "y"),
    [(-1, 0, 0), (0, 1, 0), (0, 0, 1), (3, 8, 0), (3, 0, -1), (MOST_ZOOM + 1, 0, 0), (10**9, 0, 0)],
)
def test_beyond_the_grid_there_is_no_tile(z, x, y):
    with pytest.raises(NotFound):
        Tile.at(z, x, y)


def test_the_last_tile_of_a_zoom_is_there():
    assert Tile.at(3, 7, 7) == Tile(3, 7, 7)


def test_the_middle_of_the_world_in_pixels_is_null_island():
    assert degrees(PIXELS / 2, PIXELS / 2) == [0, 0]


def test_the_corners_of_the_world():
    assert cell_bbox(0, 0) == [-180, -85.051129, 180, 85.051129]


def test_cells_meet_at_their_edges():
    """Cells of zoom 2: the first, and the one to its right."""
    left, right = cell_bbox(0, 2), cell_bbox(1, 2)
    assert left[2] == right[0] == -90
    assert (left[1], left[3]) == (right[1], right[3])


def test_features_have_a_key_only_where_there_is_one():
    assert feature([1, 2], {"count": 3}) == {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [1, 2]},
        "properties": {"count": 3},
    }
    assert feature([1, 2], {}, 0)["id"] == 0
    assert collection([], more_than=5) == {
        "type": "FeatureCollection",
        "features": [],
        "more_than": 5,
    }
