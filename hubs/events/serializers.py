"""What the API says of events: never how to join one online, and nothing of who comes."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.ogc.fields import Address, Moment, Shape, Word
from hubs.models import Event

PUBLIC = {word: word for word in Event.Status.values if word != Event.Status.DRAFT}


class EventSerializer(GeoFeatureModelSerializer):
    """A public event. Its geometry is its place, or null where it is online. Its id is its slug."""

    id = serializers.CharField(source="slug")
    geometry = Shape("Point", source="location", label=_("Place of the event"))
    kind = Word({word: word for word in Event.Kind.values}, label=_("Kind"))
    status = Word(PUBLIC, label=_("Status"))
    starts = Moment(source="starts_at", label=_("Begins at"))
    ends = Moment(source="ends_at", label=_("Ends at"))
    online = serializers.BooleanField(label=_("Online"))
    hub = serializers.CharField(source="hub.code", allow_null=True, label=_("Hub (code)"))
    district = serializers.CharField(
        source="district.code", allow_null=True, label=_("District (GSS code)")
    )
    region = serializers.CharField(source="region.code", allow_null=True, label=_("Region (code)"))
    changed = Moment(source="changed_at", label=_("Changed at"))
    url = Address("/events/{}/", "slug", label=_("Page of the event"))

    class Meta:
        model = Event
        id_field = "id"
        geo_field = "geometry"
        fields = ("id", "geometry", "title", "kind", "status", "description", "starts", "ends")
        fields += ("online", "place", "hub", "district", "region", "changed", "demo", "url")
