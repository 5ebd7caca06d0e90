"""Between degrees (WGS84, longitude first) and metres of the British National Grid.

Metres serve over the whole of the islands: the build measures distances and areas of a few
hundred metres, for which the grid's distortion in Northern Ireland is of no account.
"""

from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

_TO_GRID = Transformer.from_crs(4326, 27700, always_xy=True)
_FROM_GRID = Transformer.from_crs(27700, 4326, always_xy=True)
_FROM_IRISH_GRID = Transformer.from_crs(29902, 4326, always_xy=True)


def grid_coordinates(degrees: np.ndarray) -> np.ndarray:
    """(n, 2) degrees to (n, 2) metres."""
    return np.column_stack(_TO_GRID.transform(degrees[:, 0], degrees[:, 1]))


def degree_coordinates(metres: np.ndarray, *, irish: bool = False) -> np.ndarray:
    """(n, 2) metres of the British (or Irish) grid to (n, 2) degrees."""
    transformer = _FROM_IRISH_GRID if irish else _FROM_GRID
    return np.column_stack(transformer.transform(metres[:, 0], metres[:, 1]))


def to_grid(geometry: shapely.Geometry | np.ndarray) -> Any:
    """A geometry, or an array of them, from degrees to metres."""
    return shapely.transform(geometry, grid_coordinates)


def to_degrees(geometry: shapely.Geometry | np.ndarray) -> Any:
    """A geometry, or an array of them, from metres to degrees."""
    return shapely.transform(geometry, degree_coordinates)
