"""Hubs, events and comments, as operators see them."""

from typing import cast

from django.contrib import admin
from django.forms import Media, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo.admin.base import Admin, map_column, register_the_rest
from geo.admin.widgets import PointWidget
from hubs.events import actions
from hubs.events.models import Event, EventQuerySet
from hubs.following.models import Bookmark, Comment, Interests, Rating
from hubs.following.moderated import COMMENT
from hubs.hub.models import Hub
from pledges.pledging.admin import Moderated

CHANGEABLE = (Event.Status.DRAFT, Event.Status.PUBLISHED)


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


@admin.register(Event)
class EventAdmin(Admin):
    """Operators search, see and reword events; all else is for their organisers.

    A change is saved by the organisers' action, so that calendars and the waiting list follow.
    """

    change_form_template = "admin/hubs/event.html"
    change_list_template = "admin/hubs/events.html"
    list_display = ["title", "starts_at", "kind", "status", "hub", "places"]
    list_filter = ["status", "kind", "online", "hub", "demo"]
    list_select_related = ["hub"]
    date_hierarchy = "starts_at"
    search_fields = ["title__icontains", "place__icontains", "slug"]
    search_help_text = _("Part of a title or place")
    ordering = ["-starts_at", "-id"]
    readonly_fields = (  # type: ignore[assignment]  # - the stubs forget callables
        *("status", "starts_at", "ends_at", "opens_at", "closes_at", "online", "place"),
        *("district", "region", map_column("location"), "places", "waiting", "made_by", "slug"),
    )
    fields = (  # type: ignore[assignment]  # - the same
        *("title", "kind", "hub", "description", "capacity"),
        *readonly_fields,
    )

    def get_queryset(self, request: HttpRequest) -> EventQuerySet:
        return cast(EventQuerySet, super().get_queryset(request)).with_everything()

    @admin.display(description=_("Places taken"))
    def places(self, event: Event) -> str:
        return f"{event.places_taken()} / {event.capacity or '∞'}"

    @admin.display(description=_("On the waiting list"))
    def waiting(self, event: Event) -> int:
        return event.registrations.waiting().count()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        changeable = obj is None or obj.status in CHANGEABLE
        return changeable and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, event: Event, form: ModelForm, change: bool) -> None:
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        actions.update_event(event, changed, event.questions.all())

    @property
    def media(self) -> Media:
        return super().media + PointWidget().media


@admin.register(Comment)
class CommentAdmin(Moderated):
    kind = COMMENT
    exclude = ["author", "form_key"]
    list_display = ["id", "__str__", "content_type", "created_at", "held_at", "hidden_at"]
    list_filter = ["content_type"]
    search_fields = ["text__icontains"]
    search_help_text = _("Words of the comment")
    ordering = ["-id"]


# Interests, bookmarks and ratings are private.
register_the_rest("hubs", without=(Bookmark, Interests, Rating))
