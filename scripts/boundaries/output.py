"""Writes GeoJSON: compact, rounded, in a fixed order, so that a second run gives the same file."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely


class Feature(NamedTuple):
    """A geometry in degrees with its properties, and an id where it has one."""

    geometry: shapely.Geometry
    properties: Mapping[str, object]
    id: str | None = None


def write(path: Path, features: Iterable[Feature], decimals: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(
        json.dumps(_as_json(feature, decimals), separators=(",", ":"), ensure_ascii=False)
        for feature in features
    )
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


def on_lattice(geometry: shapely.Geometry | np.ndarray, decimals: int) -> Any:
    """A geometry, or an array of them, in degrees, that stays valid when `write` rounds it."""
    return shapely.set_precision(geometry, 10.0**-decimals)


def _as_json(feature: Feature, decimals: int) -> dict:
    # RFC 7946 wants outer rings anticlockwise.
    shape = shapely.geometry.mapping(shapely.orient_polygons(feature.geometry))
    return {
        "type": "Feature",
        **({} if feature.id is None else {"id": feature.id}),
        "properties": dict(feature.properties),
        "geometry": {
            "type": shape["type"],
            "coordinates": _rounded(shape["coordinates"], decimals),
        },
    }


def _rounded(coordinates: tuple, decimals: int) -> list:
    if isinstance(coordinates[0], float):
        return [round(number, decimals) for number in coordinates]
    return [_rounded(part, decimals) for part in coordinates]
