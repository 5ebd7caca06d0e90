"""The collection of events that reaches the public map and API."""

import datetime

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from geo.layers import Layer
from hubs.events.filters import EventFilters, parameters
from hubs.events.serializers import EventSerializer
from hubs.events.tiles import event_clusters, events_version
from hubs.models import Event, EventQuerySet


def public_events() -> EventQuerySet:
    return Event.objects.public().select_related("hub", "region", "district")


def interval() -> tuple[datetime.datetime, datetime.datetime] | None:
    """Return the beginning of the first public event and the end of the last."""
    span = Event.objects.public().aggregate(first=Min("starts_at"), last=Max("ends_at"))
    return (span["first"], span["last"]) if span["first"] else None


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
    days=("since", "until"),
    followed=True,
    known=lambda rows, slugs: set(rows.filter(slug__in=slugs).values_list("slug", flat=True)),
    interval=interval,
    demo=lambda: Event.objects.public().filter(demo=True).exists(),
    parameters=parameters,
    licence=(_("Data sources and licences"), "/data/"),
    attribution=_("The hubs and those who organise with them."),
)
