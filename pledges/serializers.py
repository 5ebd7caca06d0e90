"""What the API says of pledges and organisations: nothing here is private, and no field is added
by a change of the models alone."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.ogcapi.fields import (
    CountField,
    EnumField,
    FirstOfField,
    LondonDateField,
    PageUrlField,
    RelatedCodesField,
    ShapeField,
    SwitchField,
    UtcDateTimeField,
)
from pledges.filters import I_AM, WHO
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge

SHOW = {
    Pledge.Show.ORGANISATION: "organisation",
    Pledge.Show.OUTCODE: "outcode",
    Pledge.Show.REGION: "region",
    Pledge.Show.NONE: "none",
}
SHOWN_AS = {
    Pledge.Show.ORGANISATION: "organisation.name",
    Pledge.Show.OUTCODE: "outcode",
    Pledge.Show.REGION: "region.name",
}


class PledgeSerializer(GeoFeatureModelSerializer):
    """A public pledge. Its geometry is the place in public view, or null."""

    geometry = ShapeField("Point", source="location", label=_("Place in public view"))
    theme = serializers.CharField(source="theme.slug", label=_("Theme"))
    theme_name = serializers.CharField(source="theme.name", label=_("Name of the theme"))
    who = EnumField({code: word for word, code in WHO.items()}, label=_("Who pledges"))
    i_am = EnumField(
        {code: word for word, code in I_AM.items()}, label=_("What they are to the NHS")
    )
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
    status = EnumField({False: "open", True: "done"}, source="done", label=_("Status"))
    done_at = LondonDateField(label=_("Day on which it was done"))
    created = UtcDateTimeField(source="created_at", label=_("Made at"))
    likes = CountField(source="counts.likes", label=_("Likes"))
    joins = CountField(source="counts.joins", label=_("Joined by"))
    url = PageUrlField("/pledges/{}/", "id", label=_("Page of the pledge"))

    class Meta:
        model = Pledge
        id_field = "id"
        geo_field = "geometry"
        fields = ("id", "geometry", "text", "theme", "theme_name", "who", "i_am")
        fields += ("display_name", "team", "organisation", "organisation_name")
        fields += ("show", "shown_as", "district", "region", "status", "due", "done_at")
        fields += ("created", "likes", "joins", "demo", "url")


class OrganisationSerializer(GeoFeatureModelSerializer):
    """An organisation. Its id is its ODS code or, without one, its slug.

    Reads `pledge_count`: rows come from `Organisation.objects.with_pledges()`.
    """

    id = FirstOfField("code", "slug")
    geometry = ShapeField("Point", source="location", label=_("Main site"))
    former_names = serializers.ListField(label=_("Former names"))
    site_names = serializers.ListField(label=_("Sites"))
    district = serializers.CharField(
        source="district.code", allow_null=True, label=_("District (GSS code)")
    )
    region = serializers.CharField(source="region.code", allow_null=True, label=_("Region (code)"))
    predecessors = RelatedCodesField("code", "slug", label=_("Codes of its predecessors"))
    successors = RelatedCodesField("code", "slug", label=_("Codes of its successors"))
    pledges = serializers.IntegerField(source="pledge_count", label=_("Public pledges"))
    url = PageUrlField("/organisations/{}/", "code", "slug", label=_("Page of the organisation"))

    class Meta:
        model = Organisation
        id_field = "id"
        geo_field = "geometry"
        fields = ("id", "geometry", "code", "slug", "name", "kind", "former_names", "site_names")
        fields += ("postcode", "opened", "closed", "predecessors", "successors")
        fields += ("district", "region", "pledges", "demo", "url")
