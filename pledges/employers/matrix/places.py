"""The matrix by area: the same rows added up for regions or districts, as a list and on a map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.basemap import files as basemap_files
from geo.maps.base import BaseMap, MapParts
from geo.maps.layers import BaseLayer, Choropleth
from geo.maps.shades import shades
from pledges.employers.matrix.query import COLUMNS, Asked
from pledges.employers.matrix.rows import NOTHING, Row, share
from pledges.employers.survey.statistics import Headline

Shown = tuple[tuple[str, str, int, str], ...]  # code, words, shade, address


@dataclass
class Place:
    """Employers of an area together; `area` is None for those that lie in none."""

    area: Area | None
    employers: int = 0
    adopted: int = 0
    actions: int = 0
    done: int = 0
    overdue: int = 0
    survey: Headline = NOTHING

    @property
    def improved(self) -> float | None:
        return share(self.survey.improved, self.survey.tested)

    @property
    def worse(self) -> float | None:
        return share(self.survey.worse, self.survey.tested)

    @property
    def name(self) -> str:
        return self.area.local_name if self.area else _("In no such area")

    def add(self, row: Row) -> None:
        whole = row.whole
        self.employers += 1
        self.adopted += whole.adopted
        self.actions += whole.actions
        self.done += whole.done
        self.overdue += whole.overdue
        self.survey += whole.survey

    @property
    def improved_written(self) -> str:
        return self.written("improved")

    @property
    def worse_written(self) -> str:
        return self.written("worse")

    def value(self, column: str) -> float | None:
        return getattr(self, column)

    def written(self, column: str) -> str:
        """A figure for people: "12", "45% (9 of 20)"."""
        if column not in ("improved", "worse"):
            return number_format(self.value(column), 0, force_grouping=True)
        return written_share(getattr(self.survey, column), self.survey.tested)


def written_share(part: int, whole: int) -> str:
    if not whole:
        return _("not tested")
    of = {"share": number_format(round(100 * part / whole), 0), "part": part, "whole": whole}
    return _("%(share)s%% (%(part)s of %(whole)s)") % of


def places(asked: Asked, rows: Iterable[Row]) -> list[Place]:
    """The regions or districts of these rows by name; what lies in none of them comes last."""
    found: dict[int | None, Place] = {}
    for row in rows:
        organisation = row.organisation
        area = organisation.region if asked.by == "regions" else organisation.district
        found.setdefault(area and area.pk, Place(area)).add(row)
    return sorted(found.values(), key=lambda place: (place.area is None, place.name))


def of_places(asked: Asked, found: Sequence[Place]) -> MapParts:
    """The map of one column of the list."""
    column = asked.show
    inside = [place for place in found if place.area and place.value(column) is not None]
    numbers = shades([round(1000 * place.value(column)) for place in inside])
    title = COLUMNS[column]
    shown = tuple(
        (
            place.area.code,
            f"{place.name}: {title} {place.written(column)}",
            shade,
            f"{reverse('employers')}?{asked.query_string(area=place.area)}",
        )
        for place, shade in zip(inside, numbers, strict=True)
    )
    return drawn(asked.by, shown)


def drawn(kind: str, shown: Shown) -> MapParts:
    """A map of regions or districts, each with its words, shade and page."""
    files = tuple(basemap_files.addresses().items())
    return _drawn(kind, shown, files, settings.TILE_SERVER_URL, get_language() or "")


# folium compiles its templates at every rendering, which takes longer than the rest of the page.
@lru_cache(maxsize=64)
def _drawn(
    kind: str, shown: Shown, files: tuple[tuple[str, str], ...], tiles: str, language: str
) -> MapParts:
    label = _("Map of employers by area. Arrow keys move it, plus and minus zoom.")
    made = BaseMap("employers", label, addressed=False)
    BaseLayer(dict(files), tiles, shaded=False).add_to(made)
    names = ("code", "words", "shade", "href")
    Choropleth(dict(files), kind, [_named(names, one) for one in shown]).add_to(made)
    return made.parts()


def _named(names: Sequence[str], values: Sequence[object]) -> Mapping[str, object]:
    return dict(zip(names, values, strict=True))
