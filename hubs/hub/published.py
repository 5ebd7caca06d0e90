"""Hubs as they are published: the collection, and the fields of a feature."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.counts.spec import NewsSource
from geo.ogcapi.fields import RelatedCodesField, ShapeField
from geo.ogcapi.layers import Layer, by_code, existing_codes
from hubs.hub.models import Hub


class HubSerializer(GeoFeatureModelSerializer):
    """A hub at its place. Its id is its code."""

    id = serializers.CharField(source="code")
    geometry = ShapeField("Point", source="location", label=_("Place of the hub"))
    areas = RelatedCodesField("code", label=_("Codes of the areas that it serves"))

    class Meta:
        model = Hub
        id_field = "id"
        geo_field = "geometry"
        fields = (
            *("id", "geometry", "code", "name", "name_cy", "slug", "place", "email"),
            *("telephone", "website", "welcome", "welcome_cy", "areas"),
        )


HUBS = Layer(
    name="hubs",
    title=_("Hubs"),
    description=_("Who helps locally: a hub for each region."),
    rows=Hub.objects.all,
    serializer=HubSerializer,
    find=by_code,
    order=("code",),
    followed=True,
    existing=existing_codes,
    licence=(_("Data sources and licences"), "/data/"),
    attribution=_("Places from GeoNames (CC BY 4.0)."),
)
HUBS_NEWS = NewsSource(layer=21, collection="hubs")
EVENTS_NEWS = NewsSource(layer=22, collection="events")
