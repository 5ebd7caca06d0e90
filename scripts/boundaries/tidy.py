"""Removes what nobody would draw: enclaves left by single postcodes, and rocks in the sea."""

import numpy as np
import shapely

from scripts.boundaries.evidence import Evidence
from scripts.boundaries.partition import ABROAD, Faces

ENCLAVE = 8_000_000
ENCLAVE_SHARE = 0.3
ISLET = 500_000
_ROUNDS = 3


def tidied(faces: Faces, evidence: Evidence) -> Faces:
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
