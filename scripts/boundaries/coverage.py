"""Simplifies the units as one coverage: neighbours keep the same border at every scale."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

import numpy as np
import shapely

from scripts.boundaries.projection import to_degrees

Key = TypeVar("Key", bound=Hashable)
Shapes = dict[Key, shapely.MultiPolygon]


def simplified(shapes: Mapping[Key, shapely.Geometry], tolerance: float, decimals: int) -> Shapes:
    """Shapes in metres to simpler ones in degrees, all vertices rounded to so many decimals.

    `tolerance` is the side in metres of the square up to which detail is left out. The result is
    a valid coverage of valid polygons. Raises ValueError when a shape is lost.
    """
    simpler = shapely.coverage_simplify(np.array(list(shapes.values()), dtype=object), tolerance)
    return snapped(dict(zip(shapes, to_degrees(simpler), strict=True)), decimals)


def snapped(shapes: Mapping[Key, shapely.Geometry], decimals: int) -> Shapes:
    """The coverage with its vertices on a lattice.

    Rounding each polygon for itself would make some invalid and others overlap. Here all borders
    are rounded and noded together as lines, and the faces between them handed back to their shapes.
    """
    grid = 10.0**-decimals
    originals = np.array(list(shapes.values()), dtype=object)
    net = shapely.union_all(shapely.boundary(originals), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    owner = _owners(faces, originals)
    result = {}
    for number, key in enumerate(shapes):
        mine = faces[owner == number]
        if not len(mine):
            raise ValueError(f"{key} is too small for {decimals} decimals.")
        result[key] = _multi(shapely.union_all(mine))
    return result


def dissolved(shapes: Mapping[Key, shapely.Geometry], groups: Iterable[tuple[str, Key]]) -> Shapes:
    """Unions of the shapes that share a group, given as pairs of group and key."""
    members: dict[str, list[shapely.Geometry]] = {}
    for group, key in groups:
        members.setdefault(group, []).append(shapes[key])
    return {group: _multi(shapely.union_all(parts)) for group, parts in sorted(members.items())}


def _owners(faces: np.ndarray, originals: np.ndarray) -> np.ndarray:
    """For each face the number of the shape it lies in, -1 for none (sea, or a lake's hole)."""
    owner = np.full(len(faces), -1)
    # Asked this way round, each large polygon is prepared once for all the points in it.
    points = shapely.STRtree(shapely.point_on_surface(faces))
    shape, face = points.query(originals, predicate="contains")
    owner[face] = shape
    return owner


def _multi(geometry: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.multipolygons(shapely.get_parts(geometry))
