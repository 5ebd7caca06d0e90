"""Shapes for drawing, at less than half the weight of GeoJSON.

Coordinates become whole numbers of a quantum of a degree, and each point says only how far it
lies from the one before it: small numbers, which compress well. Points that fall together are
written once. The scripts of the map put the shapes together again (`changemap.unpack`).
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

QUANTUM = 2000  # steps of a degree: 55 m, a quarter of what the shapes are simplified by


def pack(features: Iterable[Mapping]) -> dict[str, object]:
    """Return {"quantum", "shapes": [{**properties, "type", "at"}]} for features of GeoJSON (WGS84).

    `at` is nested as the coordinates of the type are, but that each line or ring is one flat
    list: x and y of its first point, then the steps to the others.
    """
    shapes = [
        {
            **feature["properties"],
            "type": feature["geometry"]["type"],
            "at": _pack(feature["geometry"]["coordinates"]),
        }
        for feature in features
    ]
    return {"quantum": QUANTUM, "shapes": shapes}


def _pack(coordinates: list) -> list:
    if isinstance(coordinates[0][0], int | float):
        return _steps([(round(x * QUANTUM), round(y * QUANTUM)) for x, y in coordinates])
    return [_pack(part) for part in coordinates]


def _steps(points: list[tuple[int, int]]) -> list[int]:
    steps = list(points[0])
    for (x, y), (next_x, next_y) in pairwise(points):
        if (x, y) != (next_x, next_y):
            steps += (next_x - x, next_y - y)
    return steps
