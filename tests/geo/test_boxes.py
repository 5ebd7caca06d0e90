"""A box cut into grid cells: what is inside is inside, and nothing of the box is left out."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from geo.counts.boxes import MOST_EDGE_CELLS, SHALLOWEST_EDGE, cover, ranges
from geo.tiles.grid import cell_bbox

longitudes = st.floats(-8, 2).map(lambda number: round(number, 6))
latitudes = st.floats(49, 61).map(lambda number: round(number, 6))
shares = st.floats(0, 1)


@st.composite
def boxes(draw) -> tuple[float, float, float, float]:
    west, south = draw(longitudes), draw(latitudes)
    width = draw(st.sampled_from([0.001, 0.03, 0.7, 4.0]))
    return west, south, west + width, south + width / 2


def codes(found) -> list[tuple[int, int]]:
    """All cells of a cover as ranges of Morton codes at zoom 24."""
    return [*ranges(found.inside, 0), *found.edge]


@given(boxes())
def test_cells_inside_do_not_reach_beyond_the_box(box):
    for cz, cells in cover(box).inside.items():
        for cell in cells:
            west, south, east, north = cell_bbox(cell, cz)
            # cell_bbox rounds to six decimals.
            assert west >= box[0] - 1e-6
            assert south >= box[1] - 1e-6
            assert east <= box[2] + 1e-6
            assert north <= box[3] + 1e-6


@given(boxes())
def test_no_two_cells_overlap(box):
    spans = sorted(codes(cover(box)))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(boxes(), shares, shares)
def test_every_point_of_the_box_is_in_a_cell(box, across, up):
    point = (box[0] + across * (box[2] - box[0]), box[1] + up * (box[3] - box[1]))
    spans = codes(cover(box))
    [(low, high)] = [*cover((*point, *point)).edge][:1]
    assert any(start <= low and high <= end for start, end in spans)


@given(boxes())
def test_the_edge_crosses_few_cells_unless_the_box_is_as_wide_as_the_country(box):
    found = cover(box)
    wide = 2 * (box[2] - box[0]) / 360 * 2**SHALLOWEST_EDGE * 4 > MOST_EDGE_CELLS
    assert wide or len(found.edge) <= MOST_EDGE_CELLS + 8


def test_finer_cells_than_are_counted_are_told_as_ranges():
    assert list(ranges({12: [7], 14: [3]}, finer_than=12)) == [(3 << 20, 4 << 20)]
