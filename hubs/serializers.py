"""What the API says of hubs."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.ogc.fields import Codes, Shape
from hubs.models import Hub


class HubSerializer(GeoFeatureModelSerializer):
    """A hub at its place. Its id is its code."""

    id = serializers.CharField(source="code")
    geometry = Shape("Point", source="location", label=_("Place of the hub"))
    areas = Codes("code", label=_("Codes of the areas that it serves"))

    class Meta:
        model = Hub
        id_field = "id"
        geo_field = "geometry"
        fields = ("id", "geometry", "code", "name", "name_cy", "slug", "place", "email")
        fields += ("telephone", "website", "welcome", "welcome_cy", "areas")
