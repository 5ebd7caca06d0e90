"""A public dataset, described once: the API, the tiles and the map read this description."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.core.filters import Filters
from geo.core.keyset import Page
from geo.core.located import Located


def by_key(rows: QuerySet, key: str) -> Model | None:
    """Find the row whose primary key is this number."""
    return (
        rows.filter(pk=int(key)).first()
        if key.isascii() and key.isdecimal() and len(key) < 19
        else None
    )


def by_code(rows: QuerySet, code: str) -> Model | None:
    return rows.filter(code=code).first()


def known_keys(rows: QuerySet, keys: Collection[str]) -> set[str]:
    """Return those of these primary keys that rows have."""
    numbers = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 19]
    return {str(pk) for pk in rows.filter(pk__in=numbers).order_by().values_list("pk", flat=True)}


def known_codes(rows: QuerySet, codes: Collection[str]) -> set[str]:
    return set(rows.filter(code__in=codes).order_by().values_list("code", flat=True))


@dataclass(frozen=True, eq=False)
class Layer:
    """One collection. `rows()` are its public rows, by a query that is the same at all times;
    `serializer` declares its fields.

    `count(filters)` answers how many rows pass, or None where there are more than are counted.
    `cluster(filters, tile)` answers the features of a cluster tile, for layers that have tiles.
    `version()` is a number that changes whenever the layer's counts do, and `spots(since, until)`
    the Morton codes at which they did between two versions; None: anywhere.

    For the API: `find(rows, id)` finds a feature by the last part of its address. `page(filters,
    limit, cursor)` answers a page of a large layer; a layer without is paged by keyset over
    `order`, which must be unique and never null. `days` names the two filters (first and last
    day) that the standard's `datetime` stands for. `interval()` is the first and last moment of
    the data, `demo()` whether any of it is demo content, `parameters()` a JSON Schema for each
    filter beside `bbox`. `lifted` names the properties that a parameter of the same name means the
    same as. `licence` is a name and an address.

    `followed` layers are told of when a feature changes, live and at /api/changes; `known(rows,
    ids)` answers which of these ids public features have.
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
    spots: Callable[[int, int], frozenset[int] | None] = lambda since, until: None
    find: Callable[[QuerySet, str], Model | None] = by_key
    page: Callable[[Filters, int, str], Page[int]] | None = None
    order: tuple[str, ...] = ("pk",)
    days: tuple[str, str] | None = None
    interval: Callable[[], tuple[datetime.datetime, datetime.datetime] | None] | None = None
    demo: Callable[[], bool] = bool
    parameters: Callable[[], dict[str, dict]] = dict
    lifted: tuple[str, ...] = ()
    attribution: str | Promise = ""
    licence: tuple[str | Promise, str] = ("", "")
    followed: bool = False
    known: Callable[[QuerySet, Collection[str]], set[str]] = known_keys

    @property
    def on_points(self) -> bool:
        """Whether its features are points of one place each, which may be near another."""
        return issubclass(self.rows().model, Located)


class Layers(dict[str, Layer]):
    """The published layers by name; `config.layers` fills it and hands it to the views."""

    @classmethod
    def of(cls, *layers: Layer) -> "Layers":
        return cls({layer.name: layer for layer in layers})
