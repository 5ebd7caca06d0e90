"""Packed shapes are the shapes, to within half a step."""

import json

import pytest

from geo.basemap.packing import QUANTUM, pack

LINE = [[-3.0, 51.0], [-3.0, 51.0001], [-2.5, 51.25]]


def unpack(steps: list[int]) -> list[tuple[float, float]]:
    """What the map's script does with one line."""
    x = y = 0
    found = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x / QUANTUM, y / QUANTUM))
    return found


def feature(kind: str, coordinates: list) -> dict:
    return {"properties": {"name": "A"}, "geometry": {"type": kind, "coordinates": coordinates}}


def test_points_that_fall_together_are_written_once():
    shape = pack([feature("LineString", LINE)])["shapes"][0]
    assert shape == {"name": "A", "type": "LineString", "at": [-6000, 102_000, 1000, 500]}


@pytest.mark.parametrize(
    ("kind", "depth"), [("Polygon", 1), ("MultiLineString", 1), ("MultiPolygon", 2)]
)
def test_nesting_is_kept(kind, depth):
    coordinates = LINE
    for _ in range(depth):
        coordinates = [coordinates]
    at = pack([feature(kind, coordinates)])["shapes"][0]["at"]
    for _ in range(depth):
        (at,) = at
    assert unpack(at) == [(-3.0, 51.0), (-2.5, 51.25)]


def test_no_point_of_the_land_is_moved_by_more_than_half_a_step(settings):
    land = json.loads((settings.BASE_LAYER / "land_low.geojson").read_bytes())["features"]
    for before, after in zip(land, pack(land)["shapes"], strict=True):
        rings = before["geometry"]["coordinates"]
        for ring, steps in zip(rings, after["at"], strict=True):
            drawn = unpack(steps[0])
            assert len(drawn) > 2
            for x, y in ring[0]:
                assert min(abs(x - a) + abs(y - b) for a, b in drawn) <= 1 / QUANTUM
