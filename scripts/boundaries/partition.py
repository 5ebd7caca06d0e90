"""Divides the land among units: every place goes to the unit of the nearest point of evidence.

The borders are the edges of the Voronoi diagram that have different units on either side, cut at
the coast. They are drawn as one net of lines, so that neighbours share every vertex.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import Delaunay, cKDTree

from scripts.boundaries.coast import Coast
from scripts.boundaries.evidence import Evidence

ABROAD = -1
_MARGIN = 200_000
_FRAME_STEPS = 40


@dataclass(frozen=True)
class Faces:
    """Polygons in metres and the number of the unit that each belongs to."""

    polygon: np.ndarray
    unit: np.ndarray

    def where(self, mask: np.ndarray) -> "Faces":
        return Faces(self.polygon[mask], self.unit[mask])

    def merged(self) -> "Faces":
        """Each unit's adjoining faces as one: as many polygons as it has separate parts."""
        polygons, numbers = [], []
        for number in np.unique(self.unit):
            parts = shapely.get_parts(shapely.union_all(self.polygon[self.unit == number]))
            polygons.append(parts)
            numbers.append(np.full(len(parts), number))
        return Faces(np.concatenate(polygons), np.concatenate(numbers))


def divide(coast: Coast, evidence: Evidence) -> Faces:
    """Faces of every unit, and those of the neighbours as `ABROAD`."""
    land = coast.united_kingdom
    shapely.prepare(land)
    borders = _borders(evidence)
    borders = borders[shapely.intersects(land, borders)]
    borders = shapely.intersection(shapely.line_merge(shapely.union_all(borders)), land)
    # Neighbours belong to the net: a border that ends at the frontier is a vertex of both sides.
    shores = [shapely.boundary(area) for area in (land, *coast.neighbours.values())]
    net = shapely.union_all([borders, *shores])
    polygons = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    inside = shapely.point_on_surface(polygons)
    home = shapely.intersects(land, inside)
    abroad = shapely.union_all(list(coast.neighbours.values()))
    shapely.prepare(abroad)
    nearest = cKDTree(evidence.points).query(shapely.get_coordinates(inside))[1]
    unit = np.where(home, evidence.unit[nearest], ABROAD)
    return Faces(polygons, unit).where(home | shapely.intersects(abroad, inside)).merged()


def _borders(evidence: Evidence) -> np.ndarray:
    """Voronoi edges between different units, as straight lines."""
    frame = _frame(evidence.points)
    points = np.concatenate([evidence.points, frame])
    unit = np.concatenate([evidence.unit, np.full(len(frame), ABROAD)])
    # Coordinates near nought keep the precision that circumcentres of slivers need.
    origin = points.mean(axis=0)
    triangulation = Delaunay(points - origin)
    corners = triangulation.simplices
    centres = _circumcentres((points - origin)[corners]) + origin
    found = []
    triangle = np.arange(len(corners))
    for opposite in range(3):
        other = triangulation.neighbors[:, opposite]
        one, two = unit[corners[:, opposite - 1]], unit[corners[:, opposite - 2]]
        # Every inner edge is met from both of its triangles: the greater number draws it.
        wanted = (other > triangle) & (one != two) & (one != ABROAD) & (two != ABROAD)
        found.append(np.stack([centres[wanted], centres[other[wanted]]], axis=1))
    edges = np.concatenate(found)
    length = np.abs(edges[:, 0] - edges[:, 1]).sum(axis=1)
    return shapely.linestrings(edges[np.isfinite(length) & (length > 1e-6)])


def _frame(points: np.ndarray) -> np.ndarray:
    """Points far outside, which make every cell of the evidence finite."""
    low, high = points.min(axis=0) - _MARGIN, points.max(axis=0) + _MARGIN
    step = np.linspace(0, 1, _FRAME_STEPS)
    zero, one = np.zeros_like(step), np.ones_like(step)
    sides = [(step, zero), (step, one), (zero, step), (one, step)]
    square = np.unique(np.concatenate([np.column_stack(side) for side in sides]), axis=0)
    return low + (high - low) * square


def _circumcentres(triangles: np.ndarray) -> np.ndarray:
    """Centres of the circles through the corners of (n, 3, 2) triangles."""
    first = triangles[:, 0]
    (bx, by), (cx, cy) = (triangles[:, 1] - first).T, (triangles[:, 2] - first).T
    b, c = bx**2 + by**2, cx**2 + cy**2
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.column_stack([cy * b - by * c, bx * c - cx * b]) / (
            2 * (bx * cy - by * cx)[:, None]
        )
    return centre + first


ENCLAVE = 8_000_000
ENCLAVE_SHARE = 0.3
ISLET = 500_000
_ROUNDS = 3


def tidied(faces: Faces, evidence: Evidence) -> Faces:
    """Remove what nobody would draw: enclaves left by single postcodes, and rocks in the sea."""
    for _ in range(_ROUNDS):
        joined = _enclaves_joined(faces)
        if np.array_equal(joined, faces.unit):
            break
        faces = Faces(faces.polygon, joined).merged()
    return _without_islets(faces, evidence)


def _enclaves_joined(faces: Faces) -> np.ndarray:
    """Units of the faces when each small part goes to the neighbour it borders on most.

    A part is small below 8 square kilometres and below three tenths of its unit's largest.
    """
    area = shapely.area(faces.polygon)
    unit = faces.unit.copy()
    largest = {number: area[unit == number].max() for number in np.unique(unit)}
    tree = shapely.STRtree(faces.polygon)
    for face in np.argsort(area):
        home = unit[face]
        if home == ABROAD or area[face] >= min(ENCLAVE, ENCLAVE_SHARE * largest[home]):
            continue
        beside = tree.query(faces.polygon[face], predicate="touches")
        beside = beside[(unit[beside] != home) & (unit[beside] != ABROAD)]
        edge = shapely.boundary(faces.polygon[face])
        shared = shapely.length(shapely.intersection(edge, shapely.boundary(faces.polygon[beside])))
        if len(shared) and shared.max() > 0:
            unit[face] = unit[beside[shared.argmax()]]
    return unit


def _without_islets(faces: Faces, evidence: Evidence) -> Faces:
    """Without islands under half a square kilometre on which there is no postcode."""
    seen = shapely.STRtree(shapely.points(evidence.points[: evidence.seen]))
    inhabited = np.zeros(len(faces.polygon), bool)
    inhabited[seen.query(faces.polygon, predicate="contains")[0]] = True
    return faces.where(inhabited | (shapely.area(faces.polygon) >= ISLET))
