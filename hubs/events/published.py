"""Events as they are published, by the API and in tiles: no link to join, nothing of who comes."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import cast

from django.contrib.gis.geos import Point
from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.core.filters import Filters
from geo.ogcapi.fields import EnumField, PageUrlField, ShapeField, UtcDateTimeField
from geo.ogcapi.layers import Layer
from geo.tiles.grid import CELLS, Tile, cell_bbox, collection, feature
from hubs.events.filters import EventFilters, parameters
from hubs.events.models import Event, EventQuerySet

PUBLIC_STATUSES: dict[object, str] = {
    word: word for word in Event.Status.values if word != Event.Status.DRAFT
}
KINDS: dict[object, str] = {word: word for word in Event.Kind.values}
SINGLE_FROM = 12  # zoom from which events stand alone
MINUTE = 60


class EventSerializer(GeoFeatureModelSerializer):
    """A public event. Its geometry is its place, or null where it is online. Its id is its slug."""

    id = serializers.CharField(source="slug")
    geometry = ShapeField("Point", source="location", label=_("Place of the event"))
    kind = EnumField(KINDS, label=_("Kind"))
    status = EnumField(PUBLIC_STATUSES, label=_("Status"))
    starts = UtcDateTimeField(source="starts_at", label=_("Begins at"))
    ends = UtcDateTimeField(source="ends_at", label=_("Ends at"))
    online = serializers.BooleanField(label=_("Online"))
    hub = serializers.CharField(source="hub.code", allow_null=True, label=_("Hub (code)"))
    district = serializers.CharField(
        source="district.code", allow_null=True, label=_("District (GSS code)")
    )
    region = serializers.CharField(source="region.code", allow_null=True, label=_("Region (code)"))
    changed = UtcDateTimeField(source="changed_at", label=_("Changed at"))
    url = PageUrlField("/events/{}/", "slug", label=_("Page of the event"))

    class Meta:
        model = Event
        id_field = "id"
        geo_field = "geometry"
        fields = (
            *("id", "geometry", "title", "kind", "status", "description", "starts", "ends"),
            *("online", "place", "hub", "district", "region", "changed", "demo", "url"),
        )


def public_events() -> EventQuerySet:
    return Event.objects.public().select_related("hub", "region", "district")


def interval() -> tuple[datetime.datetime, datetime.datetime] | None:
    """Return the beginning of the first public event and the end of the last."""
    span = Event.objects.public().aggregate(first=Min("starts_at"), last=Max("ends_at"))
    return (span["first"], span["last"]) if span["first"] else None


def events_version() -> int:
    """A number that changes with every event, and every minute: upcoming events pass."""
    state = Event.objects.public().aggregate(n=Count("pk"), last=Max("changed_at"))
    changed = int(state["last"].timestamp() * 1000) if state["last"] else 0
    minute = int(timezone.now().timestamp()) // MINUTE
    return ((changed << 20) + state["n"] << 32) + minute


def event_clusters(filters: Filters, tile: Tile) -> dict:
    """Return the FeatureCollection of a tile of events, in one query.

    Below zoom 12 a cell with several is a cluster: {"count", "bbox"}. One alone is a feature with
    its slug as `id` and {"count": 1, "title", "kind", "when", "url", "cancelled"}; several at one
    point are {"count", "spot", "events": [those properties without `count`]}.
    """
    public = Event.objects.public().on_map()
    rows = filters.apply(public).filter(morton__gte=tile.low, morton__lt=tile.high)
    wanted = ("slug", "title", "kind", "status", "starts_at", "ends_at", "location", "morton")
    found = list(rows.only(*wanted).order_by("starts_at", "pk"))
    if tile.z >= SINGLE_FROM:
        return collection(_singles(found))
    cz = tile.z + CELLS
    cells: dict[int, list[Event]] = defaultdict(list)
    for event in found:
        cells[event.morton >> 2 * (24 - cz)].append(event)
    features: list[dict] = []
    for code, events in sorted(cells.items()):
        features += _singles(events) if len(events) == 1 else [_cluster(code, cz, events)]
    return collection(features)


def _cluster(code: int, cz: int, events: list[Event]) -> dict:
    points = [_point(event) for event in events]
    x = sum(point.x for point in points) / len(points)
    y = sum(point.y for point in points) / len(points)
    properties = {"count": len(events), "bbox": cell_bbox(code, cz)}
    return feature([round(x, 6), round(y, 6)], properties)


def _point(event: Event) -> Point:
    return cast(Point, event.location)  # events in tiles are `on_map`


def _singles(events: Iterable[Event]) -> Iterator[dict]:
    spots: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        spots[event.morton].append(event)
    for spot, here in sorted(spots.items()):
        point = _point(here[0])
        position = [round(point.x, 6), round(point.y, 6)]
        shown = [_properties(event) for event in here]
        if len(shown) == 1:
            yield feature(position, {"count": 1, **shown[0]}, here[0].slug)
        else:
            yield feature(position, {"count": len(shown), "spot": str(spot), "events": shown})


def _properties(event: Event) -> dict:
    return {
        "title": event.title,
        "kind": str(event.get_kind_display()),
        "when": event.when,
        "url": event.get_absolute_url(),
        "cancelled": event.cancelled,
    }


EVENTS = Layer(
    name="events",
    title=_("Events"),
    description=_(
        "Webinars, meetings, stands and forums of the hubs. The time of an event is when it takes "
        "place; those online have no geometry."
    ),
    rows=public_events,
    serializer=EventSerializer,
    filters=EventFilters,
    cluster=event_clusters,
    version=events_version,
    find=lambda rows, slug: rows.filter(slug=slug).first(),
    day_filters=("since", "until"),
    followed=True,
    existing=lambda rows, slugs: set(rows.filter(slug__in=slugs).values_list("slug", flat=True)),
    interval=interval,
    demo=lambda: Event.objects.public().filter(demo=True).exists(),
    parameters=parameters,
    licence=(_("Data sources and licences"), "/data/"),
    attribution=_("The hubs and those who organise with them."),
)
