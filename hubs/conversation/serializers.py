"""What the API says of posts: nothing private, and no field by a change of the models alone."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.ogcapi.fields import (
    CountField,
    EnumField,
    FirstOfField,
    PageUrlField,
    ShapeField,
    SwitchField,
    UtcDateTimeField,
)
from hubs.conversation.filters import KIND
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.posts import Post
from pledges.serializers import SHOW, SHOWN_AS

SIGNED = {Signed.NAME: "name", Signed.ROLE: "role", Signed.ANONYMOUS: "anonymous"}


class PostSerializer(GeoFeatureModelSerializer):
    """A public post. Its geometry is the place in public view, or null."""

    geometry = ShapeField("Point", source="location", label=_("Place in public view"))
    kind = EnumField({code: word for word, code in KIND.items()}, label=_("Kind"))
    theme = serializers.CharField(source="theme.slug", label=_("Theme"))
    theme_name = serializers.CharField(source="theme.name", label=_("Name of the theme"))
    signed = EnumField(SIGNED, label=_("How it is signed"))
    organisation = FirstOfField("organisation.code", "organisation.slug", label=_("Organisation"))
    organisation_name = serializers.CharField(
        source="organisation.name", allow_null=True, label=_("Name of the organisation")
    )
    show = EnumField(
        SHOW,
        label=_("Where shown"),
        help_text=_("At the organisation, somewhere in the outcode, or not on the map."),
    )
    shown_as = SwitchField("show", SHOWN_AS, label=_("Shown as"))
    district = serializers.CharField(
        source="district.code", allow_null=True, label=_("District (GSS code)")
    )
    region = serializers.CharField(source="region.code", allow_null=True, label=_("Region (code)"))
    created = UtcDateTimeField(source="created_at", label=_("Posted at"))
    answered = UtcDateTimeField(source="answered_at", label=_("First answered officially at"))
    closed = UtcDateTimeField(source="closed_at", label=_("Closed with a result at"))
    supports = CountField(source="counts.supports", label=_("Supported by"))
    replies = CountField(source="counts.replies", label=_("Replies"))
    url = PageUrlField("/talk/posts/{}/", "id", label=_("Page of the post"))

    class Meta:
        model = Post
        id_field = "id"
        geo_field = "geometry"
        fields = ("id", "geometry", "text", "kind", "theme", "theme_name", "signed")
        fields += ("display_name", "role", "works_in_care", "organisation", "organisation_name")
        fields += ("show", "shown_as", "district", "region", "created", "answered", "closed")
        fields += ("result", "supports", "replies", "demo", "url")
