"""What all pages of the admin have in common: quick on big tables, read-only by default."""

import json
from collections.abc import Callable, Sequence
from typing import Any, cast

from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.db.models import GeometryField, PointField
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Field, Model, QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from geo.admin.widgets import PointWidget

MOST = 10_000  # rows that are counted and paged through; beyond, one searches
LONGEST = 60  # characters of a text in a list
# Secrets, digests of them, and what other columns say already.
HIDDEN_FIELDS = (
    "password",
    "code_digest",
    "token_digest",
    "digest",
    "search_text",
    "words",
    "form_key",
)


class CappedPaginator(Paginator):
    """Counts no further than it pages: to count three million rows takes a second."""

    @cached_property
    def count(self) -> int:
        return cast("QuerySet", self.object_list).order_by()[:MOST].count()


class Admin(admin.ModelAdmin):
    """Lists with few queries; points on our own maps; history in the audit trail."""

    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    paginator = CappedPaginator
    formfield_overrides = {PointField: {"widget": PointWidget}}

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Rows without boundaries, their own and those of rows that they point at."""
        related = _names(self.list_select_related)
        rows = super().get_queryset(request).defer(*_shapes(self.model))
        return rows.defer(
            *(
                f"{name}__{shape}"
                for name in related
                for shape in _shapes(self.model._meta.get_field(name).related_model)
            )
        ).select_related(*related)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """Lead to what the audit trail has of a row."""
        kind = ContentType.objects.get_for_model(self.model)
        query = urlencode({"content_type__id__exact": str(kind.pk), "object_pk": object_id})
        return redirect(f"{reverse('admin:auditlog_logentry_changelist')}?{query}")

    # The audit trail records these, and is anonymised in time.
    def log_addition(self, request: HttpRequest, obj: Model, message: object) -> Any:
        """Write nothing into Django's own log."""

    def log_change(self, request: HttpRequest, obj: Model, message: object) -> Any:
        """Write nothing into Django's own log."""

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> Any:
        """Write nothing into Django's own log."""

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        excluded = super().get_exclude(request, obj) or ()
        return [*excluded, *(f.name for f in self.model._meta.fields if f.name in HIDDEN_FIELDS)]


class ReadOnly(Admin):
    """For what other parts write, and for what a hand would break: counts, postcodes, areas.

    Columns, filters and what is searched come from the fields unless a subclass names them.
    """

    def __init__(self, model: type[Model], site: admin.AdminSite) -> None:
        fields = [field for field in model._meta.concrete_fields if _plain(field)]
        options: dict[str, list[str]] = {}
        if list(self.list_display) == ["__str__"]:
            options["list_display"] = ["__str__", *(f.name for f in fields if not _is_long(f))][:8]
            options["list_select_related"] = [f.name for f in fields if _is_to_one(f)]
        if not self.list_filter:
            chosen = [f for f in fields if f.choices or _is(f, models.BooleanField)]
            options["list_filter"] = [field.name for field in chosen]
        if not self.search_fields:
            texts = [f"{field.name}__icontains" for field in fields if _is_searchable(field)]
            options["search_fields"] = texts or [_by_number(model._meta.pk)]
        if not self.ordering:
            options["ordering"] = ["-pk"]
        vars(self).update(options)  # of this admin alone, not of its class
        super().__init__(model, site)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """What a page leaves out is not to be found out by filtering for it."""
        left_out = set(self.get_exclude(request))
        return lookup.split("__", maxsplit=1)[0] not in left_out and super().lookup_allowed(
            lookup, value, request
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list:
        """The fields, with a map in place of the numbers of each shape."""
        hidden = set(self.get_exclude(request, obj))
        names = [f.name for f in self.opts.get_fields() if _shown(f) and f.name not in hidden]
        shapes = {f.name for f in self.opts.fields if isinstance(f, GeometryField)}
        return [map_column(name) if name in shapes else name for name in names]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list:
        return self.get_fields(request, obj)

    @property
    def media(self) -> Media:
        return super().media + PointWidget().media


def map_column(name: str) -> Callable[[Model], SafeString | str]:
    """Return a column that draws a shape of a row on a map."""

    @admin.display(description=_("On the map"))
    def column(row: Model) -> SafeString | str:
        shape = getattr(row, name)
        if shape is None:
            return "–"
        label = _("Map of %(what)s") % {"what": row}
        # A map of points is small; one of a boundary has the coarse one, some 100 KB at most.
        return format_html(
            '<div class="small-map" data-admin-map data-shape="{}" role="region"'
            ' aria-label="{}"></div>',
            json.dumps(json.loads(shape.geojson)),
            label,
        )

    column.__name__ = f"map_of_{name}"
    return column


def register_the_rest(app_label: str, without: Sequence[type[Model]] = ()) -> None:
    """Register every model of an app that has no page of its own, to be looked at.

    `without` are those that nobody looks at. Django's admin has no pages for tables whose key is
    made of several columns: the counts.
    """
    for model in apps.get_app_config(app_label).get_models():
        if model in without:
            continue
        composite = isinstance(model._meta.pk, models.CompositePrimaryKey)
        if not composite and not admin.site.is_registered(model):
            admin.site.register(model, ReadOnly)


def _names(option: bool | Sequence[str]) -> Sequence[str]:
    return () if isinstance(option, bool) else option


def _shapes(model: type[Model]) -> list[str]:
    fields = model._meta.concrete_fields
    return [
        f.name for f in fields if isinstance(f, GeometryField) and not isinstance(f, PointField)
    ]


def _is(field: Field, *kinds: type[Field]) -> bool:
    return isinstance(field, kinds)


def _plain(field: Field) -> bool:
    hidden = field.name in HIDDEN_FIELDS or "digest" in field.name
    return not hidden and not _is(field, GeometryField, models.JSONField, models.FileField)


def _is_long(field: Field) -> bool:
    return _is(field, models.TextField) or bool(field.max_length) or field.primary_key


def _is_to_one(field: Field) -> bool:
    return bool(field.many_to_one or field.one_to_one)


def _by_number(key: Field) -> str:
    if isinstance(key, models.ForeignKey):
        return f"={key.name}__{key.related_model._meta.pk.name}"
    return f"={key.name}"


def _is_searchable(field: Field) -> bool:
    return _is(field, models.CharField, models.TextField) and not field.choices


def _shown(field: object) -> bool:
    """A column of the table, and not a relation that others have with it."""
    return getattr(field, "concrete", False) and not getattr(field, "many_to_many", False)
