"""What reaches the public map of events: the features of their tiles."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone

from geo.core.filters import Filters
from geo.tiles.grid import CELLS, Tile, cell_bbox, collection, feature
from hubs.events.fields import in_words
from hubs.events.models import Event

SINGLE_FROM = 12  # zoom from which events stand alone
MINUTE = 60


def events_version() -> int:
    """A number that changes with every event, and each minute: what is to come passes."""
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
    features = []
    for code, events in sorted(cells.items()):
        features += _singles(events) if len(events) == 1 else [_cluster(code, cz, events)]
    return collection(features)


def _cluster(code: int, cz: int, events: list[Event]) -> dict:
    x = sum(event.location.x for event in events) / len(events)
    y = sum(event.location.y for event in events) / len(events)
    properties = {"count": len(events), "bbox": cell_bbox(code, cz)}
    return feature([round(x, 6), round(y, 6)], properties)


def _singles(events: Iterable[Event]) -> Iterator[dict]:
    spots: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        spots[event.morton].append(event)
    for spot, here in sorted(spots.items()):
        point = here[0].location
        position = [round(point.x, 6), round(point.y, 6)]
        told = [_told(event) for event in here]
        if len(told) == 1:
            yield feature(position, {"count": 1, **told[0]}, here[0].slug)
        else:
            yield feature(position, {"count": len(told), "spot": str(spot), "events": told})


def _told(event: Event) -> dict:
    return {
        "title": event.title,
        "kind": str(event.get_kind_display()),
        "when": in_words(event.starts_at, event.ends_at),
        "url": reverse("event", args=[event.slug]),
        "cancelled": event.cancelled,
    }
