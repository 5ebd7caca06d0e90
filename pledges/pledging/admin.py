"""Pledges and stories: looked at and moderated, never worded or moved by an operator's hand."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from geo.admin.base import ReadOnly
from geo.areas.models import Area
from geo.core.errors import GeoError
from pledges.moderation.actions import decide, report, state_of
from pledges.moderation.kinds import Kind
from pledges.moderation.models import Case, Decision, Report
from pledges.moderation.subjects import PLEDGE, STORY
from pledges.organisations.admin import unlisted
from pledges.pledging.models import Pledge
from pledges.stories.models import Story

MOST_AT_ONCE = 100


class GroundForm(forms.Form):
    """Why something is hidden; its author is told."""

    ground = forms.ChoiceField(label=gettext_lazy("Why?"), choices=Decision.Ground.choices)
    words = forms.CharField(
        label=gettext_lazy("Your own words to the author (optional)"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class Moderated(ReadOnly):
    """Hiding and showing go the way of the moderators' queue: a case, a decision, a mail."""

    kind: Kind
    actions = ["hide", "show"]

    @admin.action(description=gettext_lazy("Hide, and tell the authors why"))
    def hide(self, request: HttpRequest, rows: QuerySet) -> HttpResponse | None:
        sure = "sure" in request.POST
        form = GroundForm(request.POST if sure else None)
        if form.is_valid():
            self._decide(request, rows, Case.Outcome.HIDDEN, **form.cleaned_data)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Hide what you chose"),
            "opts": self.opts,
            "rows": rows[:MOST_AT_ONCE],
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/pledges/hide.html", context)

    @admin.action(description=gettext_lazy("Show again"))
    def show(self, request: HttpRequest, rows: QuerySet) -> None:
        marked = rows.filter(Q(hidden_at__isnull=False) | Q(held_at__isnull=False))
        self._decide(request, marked, Case.Outcome.KEPT)

    def _decide(
        self, request: HttpRequest, rows: QuerySet, outcome: Case.Outcome, **why: str
    ) -> None:
        done = 0
        for row in rows[:MOST_AT_ONCE]:
            try:
                case = self._case(row, request)
                seen = state_of(case, self.kind.text(row))
                decide(case, request.user, outcome=outcome, seen=seen, **why)
                done += 1
            except GeoError as error:
                messages.error(request, f"{row}: {error.description}")
            except PermissionDenied:
                messages.error(request, _("%(row)s: you may not decide this.") % {"row": row})
        said = ngettext("%(number)d was decided.", "%(number)d were decided.", done)
        messages.success(request, said % {"number": done})

    def _case(self, row: Pledge | Story, request: HttpRequest) -> Case:
        """The case of a row; where it has none an operator's look at it is a report."""
        if not Case.objects.of(row).exists():
            report(
                self.kind,
                row,
                reason=Report.Reason.OTHER,
                words="",
                person=request.user,
                trace="",
            )
        return Case.objects.of(row).get()


class State(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"
    states = {
        "public": Q(public=True),
        "unconfirmed": Q(confirmed_at__isnull=True),
        "held": Q(held_at__isnull=False),
        "hidden": Q(hidden_at__isnull=False),
        "withdrawn": Q(withdrawn_at__isnull=False),
    }

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        return [
            ("public", _("In view")),
            ("unconfirmed", _("Not confirmed")),
            ("held", _("Held for a moderator")),
            ("hidden", _("Hidden by a moderator")),
            ("withdrawn", _("Withdrawn by its author")),
        ]

    def queryset(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        return rows.filter(self.states[self.value()]) if self.value() in self.states else rows


class Region(admin.SimpleListFilter):
    title = gettext_lazy("region")
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        return list(Area.objects.regions().values_list("code", "name"))

    def queryset(self, request: HttpRequest, rows: QuerySet) -> QuerySet:
        return rows.filter(region__code=self.value()) if self.value() else rows


@admin.register(Pledge)
class PledgeAdmin(Moderated):
    kind = PLEDGE
    change_list_template = "admin/pledges/pledges.html"
    list_display = ["id", "__str__", "theme", "organisation", "author", "created_at", "public"]
    list_filter = [State, "theme", "who", "i_am", Region, "demo"]
    list_select_related = ["theme", "organisation", "author"]
    search_fields = ["words"]
    search_help_text = gettext_lazy("Words of the pledge, its number, or its author’s address")
    exclude = ["morton", "facet", "words"]
    ordering = ["-id"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By number, whole address or full text, each of which an index answers."""
        asked = search_term.strip()
        if not asked:
            return queryset, False
        if asked.isdecimal() and len(asked) < len(str(2**63)):
            return queryset.filter(pk=int(asked)), False
        if "@" in asked:
            return queryset.filter(author__email__iexact=asked), False
        return queryset.matching(asked), False

    def get_urls(self) -> list[URLPattern]:
        names = self.admin_site.admin_view(unlisted.names)
        settle = self.admin_site.admin_view(unlisted.settle)
        given = {"site": self.admin_site}
        own = [
            path("unlisted/", names, given, name="pledges_pledge_unlisted"),
            path("unlisted/settle/", settle, given, name="pledges_pledge_settle"),
        ]
        return own + super().get_urls()


@admin.register(Story)
class StoryAdmin(Moderated):
    kind = STORY
    list_display = ["id", "__str__", "author", "created_at", "held_at", "hidden_at"]
    list_filter = [
        ("held_at", admin.EmptyFieldListFilter),
        ("hidden_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["author"]
    search_fields = ["text__icontains"]
    ordering = ["-id"]


@admin.register(Case)
class CaseAdmin(ReadOnly):
    """To be decided on the moderators' own pages; some of what they are about is anonymous."""

    exclude = ["author"]
    list_display = ["id", "why", "region", "opened_at", "decided_at", "outcome"]
    list_filter = ["why", "outcome", ("decided_at", admin.EmptyFieldListFilter)]
    list_select_related = ["region"]
    search_fields = ["original__icontains"]
    ordering = ["-id"]

    def change_view(
        self, request: HttpRequest, object_id: str, *given: object, **more: object
    ) -> HttpResponse:
        if object_id.isdecimal() and len(object_id) < len(str(2**63)):
            return redirect(reverse("case", args=[int(object_id)]))
        return super().change_view(request, object_id, *given, **more)
