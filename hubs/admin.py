"""Regional hubs and what they do, as operators see them."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo.admin import Admin, register_the_rest
from hubs.models import Hub


@admin.register(Hub)
class HubAdmin(Admin):
    list_display = ["name", "code", "place", "email"]
    list_filter = ["areas__kind"]
    search_fields = ["name__icontains", "place__icontains", "code"]
    search_help_text = _("Part of a name or place, or a code")
    autocomplete_fields = ["areas"]
    ordering = ["name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Hub | None = None) -> list[str]:
        return ["code", "slug"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Hub | None = None) -> bool:
        return False


register_the_rest("hubs")
