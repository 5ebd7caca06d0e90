"""Employers as operators see them: the pledges are worded here, the rest is only looked at.

What an employer says comes through its editors and approvers; an operator is one of both.
"""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo.admin import Admin, ReadOnly, register_the_rest
from pledges.employers.models import Action, Adoption, Proposal, StaffPledge


@admin.register(StaffPledge)
class StaffPledgeAdmin(Admin):
    list_display = ["name", "number", "edition", "short", "slug"]
    list_filter = ["edition"]
    search_fields = ["name__icontains", "slug"]
    search_help_text = _("Part of a name")
    ordering = ["-edition", "number"]

    def get_readonly_fields(self, request: HttpRequest, obj: StaffPledge | None = None):
        # The slug stands in addresses, edition and number in what was adopted.
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


register_the_rest("employers")
