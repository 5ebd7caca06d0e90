"""The query parameters of the collections about employers: adoptions, actions and findings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.core import params
from geo.core.errors import BadParameter
from geo.core.filters import Filters
from pledges.employers.models.actions import Action
from pledges.employers.models.querysets import in_area
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.filters import area_of, organisation_of
from pledges.organisations.models import Organisation

FIRST_YEAR, LAST_YEAR = 2000, 2100
NUMBERS = (1, 99)


@dataclass(frozen=True)
class EmployerFilters(Filters):
    """Of which employers, and for which of the six staff pledges (by its slug)."""

    names: ClassVar[tuple[str, ...]] = (*Filters.names, "organisation", "area", "pledge")
    # The lookup that leads to the staff pledges.
    path: ClassVar[str] = "pledge"

    organisation: Organisation | None = None
    area: Area | None = None
    pledge: str = ""

    @classmethod
    def parse(cls, query: QueryDict, also: tuple[str, ...] = ()) -> Self:
        return replace(
            super().parse(query, also),
            organisation=organisation_of(query),
            area=area_of(query),
            pledge=pledge_of(query),
        )

    def apply(self, rows: QuerySet) -> QuerySet:
        rows = super().apply(rows)
        if self.organisation:
            rows = rows.filter(organisation=self.organisation)
        if self.area:
            rows = rows.filter(in_area(self.area, "organisation__"))
        # Slugs stay the same from edition to edition.
        return rows.filter(**{f"{self.path}__slug": self.pledge}) if self.pledge else rows

    def pairs(self) -> list[tuple[str, str]]:
        values = {
            "organisation": self.organisation.public_code if self.organisation else "",
            "area": self.area.code if self.area else "",
            "pledge": self.pledge,
        }
        return _pairs(values) + super().pairs()


@dataclass(frozen=True)
class ActionFilters(EmployerFilters):
    """Also: of which status."""

    names: ClassVar[tuple[str, ...]] = (*EmployerFilters.names, "status")
    path: ClassVar[str] = "pledges"

    status: str = ""

    @classmethod
    def parse(cls, query: QueryDict, also: tuple[str, ...] = ()) -> Self:
        found = super().parse(query, also)
        return replace(found, status=params.one_of(query, "status", Action.Status.values))

    def apply(self, rows: QuerySet) -> QuerySet:
        rows = super().apply(rows)
        return rows.filter(status=self.status) if self.status else rows

    def pairs(self) -> list[tuple[str, str]]:
        return _pairs({"status": self.status}) + super().pairs()


@dataclass(frozen=True)
class FindingFilters(EmployerFilters):
    """Also: of which year, and of which number in the set of that year."""

    names: ClassVar[tuple[str, ...]] = (*EmployerFilters.names, "year", "number")
    path: ClassVar[str] = "indicator__pledge"

    year: int | None = None
    number: int | None = None

    @classmethod
    def parse(cls, query: QueryDict, also: tuple[str, ...] = ()) -> Self:
        return replace(
            super().parse(query, also),
            year=optional_integer(query, "year", FIRST_YEAR, LAST_YEAR),
            number=optional_integer(query, "number", *NUMBERS),
        )

    def apply(self, rows: QuerySet) -> QuerySet:
        rows = super().apply(rows)
        if self.year:
            rows = rows.filter(year=self.year)
        return rows.filter(indicator__number=self.number) if self.number else rows

    def pairs(self) -> list[tuple[str, str]]:
        values = {"year": str(self.year or ""), "number": str(self.number or "")}
        return _pairs(values) + super().pairs()


def _pairs(values: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in values.items() if value]


def optional_integer(query: Mapping[str, str], name: str, low: int, high: int) -> int | None:
    """A whole number from low to high; None where it is absent. Raises BadParameter."""
    value = params.text(query, name)
    return params.integer(name, value, low, high) if value else None


def pledge_of(query: QueryDict) -> str:
    """The slug in the parameter `pledge`; empty without one. Raises BadParameter if unknown."""
    slug = params.text(query, "pledge")
    if slug and not StaffPledge.objects.filter(slug=slug).exists():
        raise BadParameter("pledge", "no staff pledge is called so")
    return slug


def parameters() -> dict[str, dict[str, Any]]:
    """Return a JSON Schema for each parameter that all three collections have."""
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


def action_parameters() -> dict[str, dict[str, Any]]:
    statuses = list(Action.Status.values)
    schema = {"type": "string", "enum": statuses, "description": _("Status of an action.")}
    return {**parameters(), "status": schema}


def finding_parameters() -> dict[str, dict[str, Any]]:
    year = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    number = {"type": "integer", "minimum": NUMBERS[0], "maximum": NUMBERS[1]}
    return {
        **parameters(),
        "year": {**year, "description": _("Year of the staff survey.")},
        "number": {**number, "description": _("Number of the finding in the set of its year.")},
    }
