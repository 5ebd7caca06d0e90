"""The matrix by area: its rows added up for regions or districts, as a list and on a map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.basemap import files as basemap
from geo.maps.base import BaseMap, MapParts
from geo.maps.layers import BaseLayer, Choropleth
from geo.maps.shades import shades
from pledges.employers.matrix.query import COLUMNS, MatrixQuery
from pledges.employers.matrix.rows import Cell, Row


@dataclass
class AreaSummary:
    """The employers of an area together; `area` is None for those that are in no such area."""

    area: Area | None
    employers: int = 0
    total: Cell = field(default_factory=Cell)

    @property
    def name(self) -> str:
        return self.area.local_name if self.area else _("In no such area")

    def add(self, row: Row) -> None:
        self.employers += 1
        self.total.add(row.total)

    def written(self, column: str) -> str:
        """A figure for people: "12", "45% (9 of 20)"."""
        if column in ("improved", "worse"):
            survey = self.total.survey
            return written_share(getattr(survey, column), survey.tested)
        return number_format(getattr(self.total, column), 0, force_grouping=True)

    @property
    def figures(self) -> list[str]:
        """All columns, written."""
        return [self.written(column) for column in COLUMNS]


class ShadedArea(NamedTuple):
    """An area on a map: its code, the words shown on hover, its shade, the page that it opens."""

    code: str
    words: str
    shade: int
    href: str


def written_share(part: int, whole: int) -> str:
    if not whole:
        return _("not tested")
    of = {"share": number_format(round(100 * part / whole), 0), "part": part, "whole": whole}
    return _("%(share)s%% (%(part)s of %(whole)s)") % of


def by_area(query: MatrixQuery, rows: Iterable[Row]) -> list[AreaSummary]:
    """The regions or districts of these rows by name, those in no such area last."""
    found: dict[int | None, AreaSummary] = {}
    for row in rows:
        organisation = row.organisation
        area = organisation.region if query.by == "regions" else organisation.district
        found.setdefault(area.pk if area else None, AreaSummary(area)).add(row)
    return sorted(found.values(), key=lambda one: (one.area is None, one.name))


def area_map(query: MatrixQuery, areas: Iterable[AreaSummary]) -> MapParts:
    """The map of one column of the list."""
    figures = [
        (one.area, value, one.written(query.show), query.query_string(area=one.area))
        for one in areas
        if one.area and (value := getattr(one.total, query.show)) is not None
    ]
    return choropleth(query.by, str(COLUMNS[query.show]), figures)


def choropleth(kind: str, title: str, figures: Sequence[tuple[Area, float, str, str]]) -> MapParts:
    """A map of "regions" or "districts": each area with its figure, the same written for people,
    and the query string of the page of employers that it opens."""
    numbers = shades([round(1000 * value) for _area, value, _written, _query in figures])
    shaded = tuple(
        ShadedArea(
            area.code,
            f"{area.local_name}: {title} {written}",
            shade,
            f"{reverse('employers')}?{query}",
        )
        for (area, _value, written, query), shade in zip(figures, numbers, strict=True)
    )
    files = tuple(basemap.addresses().items())
    return _rendered(kind, shaded, files, settings.TILE_SERVER_URL, get_language() or "")


# folium compiles its templates at every rendering, which takes longer than the rest of the page.
@lru_cache(maxsize=64)
def _rendered(
    kind: str,
    areas: tuple[ShadedArea, ...],
    files: tuple[tuple[str, str], ...],
    tiles: str,
    language: str,
) -> MapParts:
    label = _("Map of employers by area. Arrow keys move it, plus and minus zoom.")
    made = BaseMap("employers", label, addressed=False)
    BaseLayer(dict(files), tiles, shaded=False).add_to(made)
    Choropleth(dict(files), kind, [area._asdict() for area in areas]).add_to(made)
    return made.parts()
