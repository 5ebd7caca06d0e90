"""What the matrix is asked: the year, which employers, in which order, which column on the map."""

import datetime
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from geo.core import params
from geo.core.errors import BadParameter
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change
from pledges.filters import area_of
from pledges.organisations.models import Organisation

FIRST_YEAR, LAST_YEAR = 2000, 2100
# Figures of a row: what rows are sorted by, and the map is shaded by.
COLUMNS = {
    "adopted": _("Pledges adopted"),
    "actions": _("Actions"),
    "done": _("Actions done"),
    "overdue": _("Actions overdue"),
    "improved": _("Findings improved"),
    "worse": _("Findings worse"),
}
SORTS = {"name": _("Name"), **COLUMNS}
BY = {"regions": _("Region"), "districts": _("District")}
NAMES = ("year", "area", "kind", "pledge", "sort", "show", "by", "page")


@dataclass(frozen=True)
class Asked:
    """`pledge` narrows everything to one column; `show` and `by` are what the map shows."""

    year: int
    area: Area | None = None
    kind: str = ""
    pledge: StaffPledge | None = None
    sort: str = "name"
    show: str = "improved"
    by: str = "regions"
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """Read a query string. Raises UnknownParameter, or BadParameter for an unknown value."""
        params.reject_unknown(query, NAMES)
        return cls(
            year=year_of(query),
            area=area_of(query),
            kind=params.one_of(query, "kind", Organisation.Kind.values),
            pledge=_pledge(query),
            sort=params.one_of(query, "sort", SORTS) or "name",
            show=params.one_of(query, "show", COLUMNS) or "improved",
            by=params.one_of(query, "by", BY) or "regions",
            page=params.integer("page", query["page"], 1, 10_000) if query.get("page") else 1,
        )

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, 1, 1)

    @property
    def last(self) -> datetime.date:
        return datetime.date(self.year, 12, 31)

    def pairs(self) -> list[tuple[str, object]]:
        found = {
            "year": self.year,
            "area": self.area.code if self.area else "",
            "kind": self.kind,
            "pledge": self.pledge.slug if self.pledge else "",
            "sort": "" if self.sort == "name" else self.sort,
            "show": "" if self.show == "improved" else self.show,
            "by": "" if self.by == "regions" else self.by,
            "page": "" if self.page == 1 else self.page,
        }
        return [(name, value) for name, value in found.items() if value]

    def query_string(self, **changes: object) -> str:
        """The same question with some of it changed; another order or filter begins anew."""
        return urlencode(replace(self, **{"page": 1, **changes}).pairs())


def year_of(query: QueryDict) -> int:
    """The year asked for or, without one, the last of which the survey says anything."""
    if query.get("year"):
        return params.integer("year", query["year"], FIRST_YEAR, LAST_YEAR)
    return Change.objects.newest_year() or timezone.localdate().year


def _pledge(query: QueryDict) -> StaffPledge | None:
    slug = params.text(query, "pledge")
    if not slug:
        return None
    found = StaffPledge.objects.current().filter(slug=slug).first()
    if found is None:
        raise BadParameter("pledge", "no staff pledge is called so")
    return found
