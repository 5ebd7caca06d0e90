"""The query parameters of the matrix, and the years that may be chosen."""

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Min
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from geo.core import params
from geo.core.errors import BadParameter
from pledges.employers.filters import FIRST_YEAR, LAST_YEAR, optional_integer
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change, Finding
from pledges.employers.reports.period import Period
from pledges.filters import area_of
from pledges.organisations.models import Organisation

# The figures of an employer or area: what rows are sorted by, and the map is shaded by.
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
DEFAULTS = {"sort": "name", "show": "improved", "by": "regions", "page": 1}
NAMES = ("year", "area", "kind", "pledge", *DEFAULTS)


@dataclass(frozen=True)
class MatrixQuery:
    """`pledge` narrows everything to one column; the map shows `show` of each `by`."""

    year: int
    area: Area | None = None
    kind: str = ""
    pledge: StaffPledge | None = None
    sort: str = "name"
    show: str = "improved"
    by: str = "regions"
    page: int = 1

    @classmethod
    def parse(cls, query: QueryDict) -> Self:
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
            page=optional_integer(query, "page", 1, 10_000) or 1,
        )

    @property
    def period(self) -> Period:
        return Period(self.year)

    def query_string(self, **changes: Any) -> str:
        """The same query with some parameters changed, on the first page unless that is given."""
        query = replace(self, **{"page": 1, **changes})
        values = {name: getattr(query, name) for name in NAMES}
        values["area"] = query.area.code if query.area else ""
        values["pledge"] = query.pledge.slug if query.pledge else ""
        return urlencode(
            {name: value for name, value in values.items() if value and value != DEFAULTS.get(name)}
        )


def year_of(query: QueryDict) -> int:
    """The year that is asked for or, by default, the last with figures of the survey."""
    year = optional_integer(query, "year", FIRST_YEAR, LAST_YEAR)
    return year or Change.objects.newest_year() or timezone.localdate().year


def years() -> list[int]:
    """Years with anything to show, the newest first; this year is always among them."""
    this = timezone.localdate().year
    survey = Finding.objects.aggregate(first=Min("year"))["first"]
    adopted = Adoption.objects.aggregate(first=Min("adopted_on__year"))["first"]
    begun = Action.objects.aggregate(first=Min("start__year"))["first"]
    first = min(year for year in (this, survey, adopted, begun) if year)
    return list(range(this, max(FIRST_YEAR, first) - 1, -1))


def _pledge(query: QueryDict) -> StaffPledge | None:
    slug = params.text(query, "pledge")
    if not slug:
        return None
    found = StaffPledge.objects.current().filter(slug=slug).first()
    if found is None:
        raise BadParameter("pledge", "no staff pledge is called so")
    return found
