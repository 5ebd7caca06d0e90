"""The admin of employers: operators edit the staff pledges and the questions of the survey.

The rest is read only: what an employer publishes goes through its editors and approvers.
"""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo.admin.base import Admin, ReadOnly, register_the_rest
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Indicator, IndicatorSet
from pledges.employers.survey.changes import recompute_changes_since


@admin.register(StaffPledge)
class StaffPledgeAdmin(Admin):
    list_display = ["name", "number", "edition", "short", "slug"]
    list_filter = ["edition"]
    search_fields = ["name__icontains", "slug"]
    search_help_text = _("Part of a name")
    ordering = ["-edition", "number"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: StaffPledge | None = None
    ) -> list[str]:
        # The slug is in addresses, edition and number in adoptions.
        return ["edition", "number", "slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: StaffPledge | None = None) -> bool:
        return False


@admin.register(Adoption)
class AdoptionAdmin(ReadOnly):
    list_display = ["organisation", "pledge", "adopted_on", "ended_on", "lead"]
    list_filter = ["pledge"]
    list_select_related = ["organisation", "pledge"]
    search_fields = ["organisation__name__icontains"]
    search_help_text = _("Part of an employer’s name")


@admin.register(Action)
class ActionAdmin(ReadOnly):
    list_display = ["title", "organisation", "status", "start", "due", "good_practice"]
    list_filter = ["status", "good_practice", "pledges"]
    list_select_related = ["organisation"]
    search_fields = ["title__icontains", "organisation__name__icontains"]
    search_help_text = _("Part of a title or of an employer’s name")
    exclude = ["words"]


@admin.register(Proposal)
class ProposalAdmin(ReadOnly):
    list_display = ["__str__", "organisation", "made_by", "made_at", "decided_by", "decided_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["organisation", "made_by", "decided_by"]
    search_fields = ["organisation__name__icontains"]
    search_help_text = _("Part of an employer’s name")


@admin.register(IndicatorSet)
class IndicatorSetAdmin(Admin):
    list_display = ["name", "year", "called", "prefix", "source"]
    search_fields = ["name__icontains"]
    search_help_text = _("Part of a name")

    def get_readonly_fields(
        self, request: HttpRequest, obj: IndicatorSet | None = None
    ) -> list[str]:
        # The year of a figure tells its set.
        return ["year"] if obj else []


@admin.register(Indicator)
class IndicatorAdmin(Admin):
    """Changes are recomputed when a question, its scale or its direction is edited."""

    list_display = ["words", "set", "number", "unit", "more_is_better", "pledge"]
    list_filter = ["set", "pledge", "unit"]
    list_select_related = ["set", "pledge"]
    search_fields = ["words__icontains"]
    search_help_text = _("Part of the words")
    autocomplete_fields = ["continues"]

    def get_readonly_fields(self, request: HttpRequest, obj: Indicator | None = None) -> list[str]:
        return ["set", "number"] if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("set")

    def save_model(self, request: HttpRequest, obj: Indicator, form: object, change: bool) -> None:
        super().save_model(request, obj, form, change)
        recompute_changes_since(obj.set.year)


register_the_rest("employers")
