"""A public dataset, described once: the API, the tiles and the map read this description."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.functional import Promise
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.filters import Filters


@dataclass(frozen=True)
class Layer:
    """One collection. `rows()` are its public rows; `serializer` declares its fields.

    `count(filters)` answers how many rows pass, or None where there are more than are counted.
    `cluster(filters, tile)` answers the features of a cluster tile, for layers that have tiles.
    `version()` is a number that changes whenever the layer's counts do.
    `key` is the field by which `/items/{id}` finds a feature. `order` is a unique ordering whose
    last values make the cursor, e.g. ("-created_at", "-id").
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
    key: str = "pk"
    order: tuple[str, ...] = ("pk",)
    attribution: str | Promise = ""
    licence: tuple[str, str] = ("", "")
    parameters: dict[str, dict] = field(default_factory=dict)


class Layers(dict[str, Layer]):
    """The published layers by name; `config.layers` fills it and hands it to the views."""

    @classmethod
    def of(cls, *layers: Layer) -> "Layers":
        return cls({layer.name: layer for layer in layers})
