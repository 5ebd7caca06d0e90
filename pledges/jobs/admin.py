"""How the worker's jobs fare, to be looked at; one may be tried again without its pause."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from geo.admin.base import ReadOnly
from pledges.jobs import scheduler as jobs
from pledges.jobs.models import Job


class FailingFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        return [("failing", _("keeps failing"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.failing() if self.value() == "failing" else queryset


@admin.register(Job)
class JobAdmin(ReadOnly):
    list_display = [
        "name",
        "failures",
        "error",
        "started_at",
        "succeeded_at",
        "failed_at",
        "next_try_at",
    ]
    list_filter = [FailingFilter]
    search_help_text = _("Part of a name, or of an error")
    ordering = ["-failures", "name"]
    actions = ["try_again"]

    @admin.action(description=_("Run now"))
    def try_again(self, request: HttpRequest, rows: QuerySet) -> None:
        """Queued tasks are not run again: a mail might be sent twice."""
        asked = jobs.try_now(rows, timezone.now())
        said = ngettext(
            "%(number)d job is run within seconds.",
            "%(number)d jobs are run within seconds.",
            asked,
        )
        messages.success(request, said % {"number": asked})
