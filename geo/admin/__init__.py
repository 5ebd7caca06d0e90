"""Areas, the gazetteer, the counts and uploads, as operators see them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo.admin.base import Admin, ReadOnly, map_column, register_the_rest
from geo.admin.widgets import PointWidget
from geo.areas.models import Area, AreaName, AreaPiece
from geo.counts.models import Change
from geo.geocoding.models import Place, PlaceName, Postcode

__all__ = ["Admin", "PointWidget", "ReadOnly", "map_column", "register_the_rest"]


@admin.register(Area)
class AreaAdmin(ReadOnly):
    """One at a time its boundary is drawn; lists do without."""

    list_display = ["name", "code", "kind", "parent", "edition", "ended"]
    list_filter = ["kind", "edition", ("ended", admin.EmptyFieldListFilter)]
    list_select_related = ["parent", "edition"]
    search_fields = ["name__icontains", "name_cy__icontains", "code__istartswith"]
    search_help_text = _("Part of a name, or the beginning of a code")
    exclude = ["boundary"]


@admin.register(Postcode)
class PostcodeAdmin(ReadOnly):
    """Millions of rows: found by the beginning of the code alone, which the key's index answers."""

    list_display = ["__str__", "district_code", "live"]
    search_fields = ["code__startswith"]
    search_help_text = _("The beginning of a postcode")
    ordering = ["code"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        wanted = "".join(search_term.split()).upper()
        return super().get_search_results(request, queryset, wanted)


@admin.register(Place)
class PlaceAdmin(ReadOnly):
    list_display = ["name", "population", "district_code"]
    search_fields = ["name__istartswith"]
    search_help_text = _("The beginning of a name")
    ordering = ["-population", "id"]


@admin.register(PlaceName, AreaName)
class NameAdmin(ReadOnly):
    list_display = ["text", "__str__"]
    search_fields = ["text__contains"]
    search_help_text = _("Part of a name in small letters, without accents")
    ordering = ["id"]


@admin.register(AreaPiece)
class PieceAdmin(ReadOnly):
    list_display = ["id", "area"]
    list_select_related = ["area"]
    search_fields = ["area__code"]
    search_help_text = _("The code of an area")
    ordering = ["id"]


@admin.register(Change)
class ChangeAdmin(ReadOnly):
    """What waits for the next fold: mostly nothing."""

    list_display = ["id", "layer", "sign", "day", "facet"]
    list_filter = ["layer"]
    search_fields = ["=day"]
    ordering = ["id"]


register_the_rest("geo")
