"""Events as they are published: never how to join one online, and nothing of who comes."""

import datetime

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.ogcapi.fields import EnumField, PageUrlField, ShapeField, UtcDateTimeField
from geo.ogcapi.layers import Layer
from hubs.events.filters import EventFilters, parameters
from hubs.events.models import Event, EventQuerySet
from hubs.events.tiles import event_clusters, events_version

PUBLIC = {word: word for word in Event.Status.values if word != Event.Status.DRAFT}


class EventSerializer(GeoFeatureModelSerializer):
    """A public event. Its geometry is its place, or null where it is online. Its id is its slug."""

    id = serializers.CharField(source="slug")
    geometry = ShapeField("Point", source="location", label=_("Place of the event"))
    kind = EnumField({word: word for word in Event.Kind.values}, label=_("Kind"))
    status = EnumField(PUBLIC, label=_("Status"))
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
        fields = ("id", "geometry", "title", "kind", "status", "description", "starts", "ends")
        fields += ("online", "place", "hub", "district", "region", "changed", "demo", "url")


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
    day_filters=("since", "until"),
    followed=True,
    existing=lambda rows, slugs: set(rows.filter(slug__in=slugs).values_list("slug", flat=True)),
    interval=interval,
    demo=lambda: Event.objects.public().filter(demo=True).exists(),
    parameters=parameters,
    licence=(_("Data sources and licences"), "/data/"),
    attribution=_("The hubs and those who organise with them."),
)
