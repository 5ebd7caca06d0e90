"""The fields of the collections about employers: what was approved and published alone."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from geo.ogcapi.fields import EnumField, FirstOfField, PageUrlField, RelatedCodesField, ShapeField
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.survey import Finding
from pledges.employers.survey.statistics import Verdict

VERDICTS: dict[object, str] = {
    int(Verdict.IMPROVED): "improved",
    int(Verdict.SAME): "no-change",
    int(Verdict.WORSE): "worse",
    int(Verdict.UNTESTED): "not-tested",
}


class EmployerFeatureSerializer(GeoFeatureModelSerializer):
    """The employer, and its place."""

    geometry = ShapeField("Point", source="organisation.location", label=_("Place of the employer"))
    organisation = FirstOfField("organisation.code", "organisation.slug", label=_("Organisation"))
    organisation_name = serializers.CharField(
        source="organisation.name", label=_("Name of the organisation")
    )
    district = serializers.CharField(
        source="organisation.district.code", allow_null=True, label=_("District (GSS code)")
    )
    region = serializers.CharField(
        source="organisation.region.code", allow_null=True, label=_("Region (code)")
    )
    demo = serializers.BooleanField(source="organisation.demo", label=_("Fictional"))

    class Meta:
        id_field = "id"
        geo_field = "geometry"
        fields: tuple[str, ...] = (
            *("id", "geometry", "organisation", "organisation_name", "district", "region"),
            "demo",
        )


class AdoptionSerializer(EmployerFeatureSerializer):
    """A staff pledge that an employer's board adopted."""

    pledge = serializers.CharField(source="pledge.slug", label=_("Staff pledge"))
    pledge_name = serializers.CharField(source="pledge.name", label=_("Name of the staff pledge"))
    url = PageUrlField("/employers/{}/", "organisation.code", "organisation.slug", label=_("Page"))

    class Meta(EmployerFeatureSerializer.Meta):
        model = Adoption
        fields = (
            *EmployerFeatureSerializer.Meta.fields,
            *("pledge", "pledge_name", "adopted_on", "ended_on", "lead", "url"),
        )


class ActionSerializer(EmployerFeatureSerializer):
    """An action of an employer. `owner` is a role."""

    pledges = RelatedCodesField("slug", label=_("Staff pledges that it serves"))
    status = EnumField({word: word for word in Action.Status.values}, label=_("Status"))
    staff_groups = serializers.ListField(label=_("Staff groups that it reaches"))
    sites = serializers.ListField(label=_("Sites that it reaches; none: all"))
    url = PageUrlField("/employers/actions/{}/", "id", label=_("Page of the action"))

    class Meta(EmployerFeatureSerializer.Meta):
        model = Action
        fields = (
            *EmployerFeatureSerializer.Meta.fields,
            *("title", "description", "pledges", "status", "owner", "start", "due", "ended_on"),
            *("reason", "staff_groups", "sites", "measure", "good_practice", "url"),
        )


class FindingSerializer(EmployerFeatureSerializer):
    """A finding of the staff survey at an employer; withheld figures are null.

    Rows are those of `pledges.employers.published`, which annotates `verdict`.
    """

    set = serializers.IntegerField(
        source="indicator.set.year", label=_("Year from which this was asked")
    )
    number = serializers.IntegerField(source="indicator.number", label=_("Number in its set"))
    words = serializers.CharField(source="indicator.words", label=_("Finding"))
    unit = serializers.CharField(source="indicator.unit", label=_("Unit: percent or score"))
    more_is_better = serializers.BooleanField(
        source="indicator.more_is_better", label=_("Whether more is better")
    )
    pledge = serializers.CharField(source="indicator.pledge.slug", label=_("Staff pledge"))
    change = EnumField(VERDICTS, source="verdict", label=_("Change on the year before"))
    url = PageUrlField("/employers/{}/", "organisation.code", "organisation.slug", label=_("Page"))

    class Meta(EmployerFeatureSerializer.Meta):
        model = Finding
        fields = (
            *EmployerFeatureSerializer.Meta.fields,
            *("year", "set", "number", "words", "unit", "more_is_better", "pledge"),
            *("value", "n", "low", "high", "suppressed", "change", "url"),
        )
