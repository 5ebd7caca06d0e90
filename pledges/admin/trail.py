"""The audit trail, to be read."""

from auditlog.models import LogEntry
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from geo.admin import ReadOnly

admin.site.unregister(LogEntry)


@admin.register(LogEntry)
class TrailAdmin(ReadOnly):
    list_display = ["timestamp", "content_type", "object_repr", "action", "actor_email", "what"]
    list_filter = ["action", "content_type", "timestamp"]
    list_select_related = ["content_type", "actor"]
    search_fields = ["object_repr__icontains", "actor_email__icontains", "=object_pk"]
    search_help_text = _("What was changed, its number, or the address of who did it")
    ordering = ["-id"]
    exclude = ["serialized_data", "cid", "remote_addr", "remote_port", "object_id"]

    @admin.display(description=_("Changes"))
    def what(self, row: LogEntry) -> str:
        said = (row.additional_data or {}).get("what", "")
        return said or ", ".join(sorted(row.changes_dict))
