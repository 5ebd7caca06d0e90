"""Areas as features of the API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.areas.models import Area
from geo.ogcapi.fields import ShapeField


class AreaSerializer(GeoFeatureModelSerializer):
    """A region or district with its boundary. Its id is its GSS or ODS code."""

    id = serializers.CharField(source="code")
    geometry = ShapeField("MultiPolygon", source="boundary", label=_("Boundary"))
    parent = serializers.CharField(
        source="parent.code",
        allow_null=True,
        label=_("Part of"),
        help_text=_("Code of the area that this one is part of."),
    )
    edition = serializers.CharField(
        source="edition.slug",
        label=_("Edition"),
        help_text=_("The dated issue of boundaries that this one is from."),
    )
    valid_from = serializers.DateField(source="edition.valid_from", label=_("Valid from"))

    class Meta:
        model = Area
        id_field = "id"
        geo_field = "geometry"
        fields = (
            *("id", "geometry", "code", "name", "name_cy", "kind", "parent"),
            *("edition", "valid_from"),
        )
