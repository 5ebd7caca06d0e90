"""The filters of what is published about employers: adoptions, actions and findings."""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.core import params
from geo.core.errors import BadParameter
from geo.core.filters import Filters
from pledges.employers.models.actions import Action
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.filters import area_of, organisation_of
from pledges.organisations.models import Organisation

FIRST_YEAR, LAST_YEAR = 2000, 2100
NUMBERS = (1, 99)


@dataclass(frozen=True)
class EmployerFilters(Filters):
    """Whose rows, where, and for which of the six staff pledges (by its slug)."""

    names: ClassVar[tuple[str, ...]] = (*Filters.names, "organisation", "area", "pledge")
    # The column that leads to the staff pledges.
    path: ClassVar[str] = "pledge"

    organisation: Organisation | None = None
    area: Area | None = None
    pledge: str = ""

    @classmethod
    def parse(cls, query: QueryDict, also: tuple[str, ...] = ()) -> Self:
        params.reject_unknown(query, (*cls.names, *also))
        return cls(
            bbox=params.bbox(query),
            organisation=organisation_of(query),
            area=area_of(query),
            pledge=pledge_of(query),
            **cls.own(query),
        )

    @classmethod
    def own(cls, query: QueryDict) -> dict[str, object]:
        """What a subclass reads besides."""
        return {}

    def apply(self, rows: QuerySet) -> QuerySet:
        rows = super().apply(rows)
        if self.organisation:
            rows = rows.filter(organisation=self.organisation)
        if self.area:
            rows = rows.in_area(self.area)
        # Slugs stay the same from edition to edition.
        return rows.filter(**{f"{self.path}__slug": self.pledge}) if self.pledge else rows

    def pairs(self) -> list[tuple[str, str]]:
        found = {
            "organisation": self.organisation.public_code if self.organisation else "",
            "area": self.area.code if self.area else "",
            "pledge": self.pledge,
            **self.own_pairs(),
        }
        return [(name, value) for name, value in found.items() if value] + super().pairs()

    def own_pairs(self) -> dict[str, str]:
        return {}


@dataclass(frozen=True)
class ActionFilters(EmployerFilters):
    """Actions of a status besides."""

    names: ClassVar[tuple[str, ...]] = (*EmployerFilters.names, "status")
    path: ClassVar[str] = "pledges"

    status: str = ""

    @classmethod
    def own(cls, query: QueryDict) -> dict[str, object]:
        return {"status": params.one_of(query, "status", Action.Status.values)}

    def apply(self, rows: QuerySet) -> QuerySet:
        rows = super().apply(rows)
        return rows.filter(status=self.status) if self.status else rows

    def own_pairs(self) -> dict[str, str]:
        return {"status": self.status}


@dataclass(frozen=True)
class FindingFilters(EmployerFilters):
    """Findings of a year, and of one number in the set of that year, besides."""

    names: ClassVar[tuple[str, ...]] = (*EmployerFilters.names, "year", "number")
    path: ClassVar[str] = "indicator__pledge"

    year: int | None = None
    number: int | None = None

    @classmethod
    def own(cls, query: QueryDict) -> dict[str, object]:
        def whole(name: str, low: int, high: int) -> int | None:
            return params.integer(name, query[name], low, high) if query.get(name) else None

        return {"year": whole("year", FIRST_YEAR, LAST_YEAR), "number": whole("number", *NUMBERS)}

    def apply(self, rows: QuerySet) -> QuerySet:
        rows = super().apply(rows)
        if self.year:
            rows = rows.filter(year=self.year)
        return rows.filter(indicator__number=self.number) if self.number else rows

    def own_pairs(self) -> dict[str, str]:
        return {"year": str(self.year or ""), "number": str(self.number or "")}


def pledge_of(query: QueryDict) -> str:
    """The slug of a staff pledge that the parameter `pledge` names, or nothing without one."""
    slug = params.text(query, "pledge")
    if slug and not StaffPledge.objects.filter(slug=slug).exists():
        raise BadParameter("pledge", "no staff pledge is called so")
    return slug


def parameters() -> dict[str, dict]:
    """Return a JSON Schema for each filter that all three collections have."""
    slugs = list(StaffPledge.objects.current().values_list("slug", flat=True))
    return {
        "organisation": {"type": "string", "description": _("Code or slug of an organisation.")},
        "area": {"type": "string", "description": _("Code of a nation, region or district.")},
        "pledge": {
            "type": "string",
            "enum": slugs,
            "description": _("One of the six staff pledges."),
        },
    }


def action_parameters() -> dict[str, dict]:
    statuses = list(Action.Status.values)
    told = {"type": "string", "enum": statuses, "description": _("Status of an action.")}
    return {**parameters(), "status": told}


def finding_parameters() -> dict[str, dict]:
    year = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    number = {"type": "integer", "minimum": NUMBERS[0], "maximum": NUMBERS[1]}
    return {
        **parameters(),
        "year": {**year, "description": _("Year of the staff survey.")},
        "number": {**number, "description": _("Number of the finding in the set of its year.")},
    }
