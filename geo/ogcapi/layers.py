"""A public dataset, described once: the API, the tiles and the map read this description."""

import datetime
import functools
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.core.filters import Filters
from geo.core.keyset import Page
from geo.core.located import Located
from geo.core.registry import registered


def by_key(rows: QuerySet, key: str) -> Model | None:
    """Find the row whose primary key is this number."""
    return (
        rows.filter(pk=int(key)).first()
        if key.isascii() and key.isdecimal() and len(key) < 19
        else None
    )


def by_code(rows: QuerySet, code: str) -> Model | None:
    return rows.filter(code=code).first()


def existing_keys(rows: QuerySet, keys: Collection[str]) -> set[str]:
    """Return those of these primary keys that rows have."""
    numbers = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 19]
    return {str(pk) for pk in rows.filter(pk__in=numbers).order_by().values_list("pk", flat=True)}


def existing_codes(rows: QuerySet, codes: Collection[str]) -> set[str]:
    return set(rows.filter(code__in=codes).order_by().values_list("code", flat=True))


@dataclass(frozen=True, eq=False)
class Layer:
    """One collection. `rows()` are its public rows, always by the same query; `serializer` declares
    its fields.

    `count(filters)`: how many rows pass, or None where there are more than are counted.
    `cluster(filters, tile)`: the features of a cluster tile, for layers that have tiles.
    `version()`: a number that changes whenever the layer's counts do.
    `changed_spots(since, until)`: the Morton codes at which counts changed between two versions;
    None: anywhere.

    For the API:
    `find(rows, id)`: the feature with this id, the last part of its address.
    `page(filters, limit, cursor)`: a page of a large layer; a layer without is paged by keyset over
    `order`, which must be unique and never null.
    `day_filters`: the two filters (first and last day) that the standard's `datetime` sets.
    `interval()`: the first and last moment of the data.
    `demo()`: whether any of it is demo content.
    `parameters()`: a JSON Schema for each filter beside `bbox`.
    `equality_filters`: properties whose equality a parameter of the same name means.
    `licence`: a name and an address.
    `followed`: whether changes to its features are published, live and at /api/changes.
    `existing(rows, ids)`: those of these ids that public features have.
    """

    name: str
    title: str | Promise
    description: str | Promise
    rows: Callable[[], QuerySet]
    serializer: type[GeoFeatureModelSerializer]
    filters: type[Filters] = Filters
    count: Callable[[Filters], int | None] | None = None
    cluster: Callable | None = None
    version: Callable[[], int] = int
    changed_spots: Callable[[int, int], frozenset[int] | None] = lambda since, until: None
    find: Callable[[QuerySet, str], Model | None] = by_key
    page: Callable[[Filters, int, str], Page[int]] | None = None
    order: tuple[str, ...] = ("pk",)
    day_filters: tuple[str, str] | None = None
    interval: Callable[[], tuple[datetime.datetime, datetime.datetime] | None] | None = None
    demo: Callable[[], bool] = bool
    parameters: Callable[[], dict[str, dict]] = dict
    equality_filters: tuple[str, ...] = ()
    attribution: str | Promise = ""
    licence: tuple[str | Promise, str] = ("", "")
    followed: bool = False
    existing: Callable[[QuerySet, Collection[str]], set[str]] = existing_keys

    @property
    def on_points(self) -> bool:
        """Whether its features are points of one place each, which may be near another."""
        return issubclass(self.rows().model, Located)


Layers = dict[str, Layer]


def published_layers() -> Layers:
    """Return the layers that the tiles, the API and the map may read, by name."""
    return _by_name(registered("LAYERS"))


@functools.cache
def _by_name(layers: tuple[Layer, ...]) -> Layers:
    return {layer.name: layer for layer in layers}
