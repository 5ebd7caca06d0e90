"""The filters of pledges: one state for map, list, tiles and API."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Self, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

from geo.areas.models import Area
from geo.core import params
from geo.core.errors import BadParameter
from geo.core.filters import Filters
from geo.counts.periods import moments
from geo.counts.spec import Spec
from pledges.organisations.models import Organisation
from pledges.pledging.models import SPEC, Pledge, Theme

WHO = {"person": Pledge.Who.PERSON, "team": Pledge.Who.TEAM}
WHO["organisation"] = Pledge.Who.ORGANISATION
I_AM = {
    "nhs": Pledge.IAm.NHS,
    "alongside": Pledge.IAm.ALONGSIDE,
    "patient": Pledge.IAm.PATIENT,
    "public": Pledge.IAm.PUBLIC,
}
STATUS = {"open": 0, "done": 1}
ThemeLike = TypeVar("ThemeLike", bound=Model)


@dataclass(frozen=True)
class CountedFilters(Filters):
    """Base of the filters of what people write: where, when, in which words, of which facets.

    Facets that were chosen are values by name in `facets`, as `spec` counts them; values of one
    are alternatives, facets narrow each other. `since` and `until` are whole days in Europe/London,
    both included.
    """

    model: ClassVar[type[Model]]
    spec: ClassVar[Spec]

    organisation: Organisation | None = None
    area: Area | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    q: str = ""

    @classmethod
    def shared(cls, query: QueryDict, also: tuple[str, ...]) -> dict[str, object]:
        """Read what every such class reads. Raises UnknownParameter, BadParameter."""
        params.reject_unknown(query, (*cls.names, *also))
        since, until = params.days(query)
        return {
            "bbox": params.bbox(query),
            "organisation": organisation_of(query),
            "area": area_of(query),
            "since": since,
            "until": until,
            "q": params.text(query, "q"),
        }

    @property
    def facets(self) -> dict[str, frozenset[int]]:
        raise NotImplementedError

    @cached_property
    def regions(self) -> frozenset[int] | None:
        """Keys of the regions that `area` is made of; None: no such area is chosen."""
        if self.area is None or self.area.kind == Area.Kind.DISTRICT:
            return None
        if self.area.kind == Area.Kind.REGION:
            return frozenset([self.area.pk])
        parts = Area.objects.filter(kind=Area.Kind.REGION, parent=self.area)
        return frozenset(parts.values_list("pk", flat=True))

    @property
    def organisation_alone(self) -> bool:
        """Whether nothing else is asked than all of one organisation."""
        return self.organisation is not None and len(self.pairs()) == 1

    @property
    def beyond_counts(self) -> bool:
        """Whether rows must be read, because no count is kept of what is asked."""
        district = self.area is not None and self.area.kind == Area.Kind.DISTRICT
        return bool(self.organisation or district or self.q or self.bbox or self.also)

    def between(self, since: datetime.date | None, until: datetime.date | None) -> Self:
        return replace(self, since=since, until=until)

    def without_days(self) -> Self:
        return self.between(None, None)

    def anywhere(self) -> Self:
        """Return the filters without those that name a place."""
        return replace(self, bbox=None, area=None, organisation=None)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the rows that pass, through conditions that the covering indexes hold."""
        rows = super().apply(rows)
        if codes := self.spec.codes(self.facets):
            rows = rows.filter(facet__in=codes)
        if self.organisation:
            rows = rows.filter(organisation=self.organisation)
        if self.regions is not None:
            rows = rows.filter(region__in=self.regions)
        elif self.area:
            rows = rows.filter(district=self.area)
        if self.since:
            rows = rows.filter(day__gte=self.since)
        if self.until:
            rows = rows.filter(day__lte=self.until)
        return rows.matching(self.q) if self.q else rows

    def of_moments(self, rows: QuerySet) -> QuerySet:
        """Return the rows of the span of days, by the moment at which each was written."""
        start, end = moments(self.since, self.until)
        rows = rows.filter(created_at__gte=start) if start else rows
        return rows.filter(created_at__lt=end) if end else rows

    def by_moment(self, rows: QuerySet) -> QuerySet:
        """Return the rows that pass, with days as moments instead of as days."""
        return self.of_moments(self.without_days().apply(rows))

    def pairs(self) -> list[tuple[str, str]]:
        found = {
            **self.words(),
            "organisation": self.organisation.public_code if self.organisation else "",
            "area": self.area.code if self.area else "",
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "q": self.q,
        }
        named = [(name, found[name]) for name in self.names if found.get(name)]
        return named + super().pairs()

    def words(self) -> dict[str, str]:
        """Return the chosen values of each facet as the parameter of its name says them."""
        raise NotImplementedError


@dataclass(frozen=True)
class PledgeFilters(CountedFilters):
    """`who`, `i_am` and `status` hold words of WHO, I_AM and STATUS."""

    model: ClassVar[type[Model]] = Pledge
    spec: ClassVar[Spec] = SPEC

    names: ClassVar[tuple[str, ...]] = (
        *Filters.names,
        *("theme", "who", "i_am", "organisation", "area", "status", "since", "until", "q"),
    )

    theme: tuple[Theme, ...] = ()
    who: tuple[str, ...] = ()
    i_am: tuple[str, ...] = ()
    status: str = ""

    @classmethod
    def parse(cls, query: QueryDict, also: tuple[str, ...] = ()) -> Self:
        return cls(
            **cls.shared(query, also),
            theme=themes_of(query, Theme),
            who=params.among(query, "who", WHO),
            i_am=params.among(query, "i_am", I_AM),
            status=params.one_of(query, "status", STATUS),
        )

    @cached_property
    def facets(self) -> dict[str, frozenset[int]]:
        """The chosen values by facet, as `geo.counts` counts them."""
        chosen = {
            "theme": frozenset(theme.number for theme in self.theme),
            "who": frozenset(int(WHO[word]) for word in self.who),
            "i_am": frozenset(int(I_AM[word]) for word in self.i_am),
            "done": frozenset([STATUS[self.status]]) if self.status else frozenset(),
        }
        return {name: values for name, values in chosen.items() if values}

    def without_facets(self) -> Self:
        return replace(self, theme=(), who=(), i_am=(), status="")

    def words(self) -> dict[str, str]:
        return {
            "theme": ",".join(theme.slug for theme in self.theme),
            "who": ",".join(self.who),
            "i_am": ",".join(self.i_am),
            "status": self.status,
        }


def themes_of(query: QueryDict, model: type[ThemeLike]) -> tuple[ThemeLike, ...]:
    """Return the themes of a model that the parameter `theme` names by their slugs."""
    slugs = params.words(query, "theme")
    known = {theme.slug: theme for theme in model.objects.filter(slug__in=slugs)} if slugs else {}
    if unknown := set(slugs) - set(known):
        valid = ", ".join(model.objects.values_list("slug", flat=True))
        raise BadParameter("theme", f"{', '.join(sorted(unknown))[:80]} is none of: {valid}")
    return tuple(known[slug] for slug in slugs)


def organisation_of(query: QueryDict) -> Organisation | None:
    """Return the organisation that the parameter `organisation` names, or None without one."""
    code = params.text(query, "organisation")
    if not code:
        return None
    found = Organisation.objects.by_code(code).first()
    if found is None:
        raise BadParameter("organisation", "no organisation has this code")
    return found


def area_of(query: QueryDict) -> Area | None:
    """Return the area that the parameter `area` names, or None without one."""
    code = params.text(query, "area")
    return area_by_code(code) if code else None


def area_by_code(code: str, name: str = "area") -> Area:
    """Return the area with this code; `name` is the parameter that BadParameter tells of."""
    # Scotland, Wales and Northern Ireland are a nation and a region of one code and one extent.
    kinds = (Area.Kind.REGION, Area.Kind.DISTRICT, Area.Kind.NATION)
    found = {a.kind: a for a in Area.objects.without_boundaries().filter(code=code.upper())}
    for kind in kinds:
        if kind in found:
            return found[kind]
    raise BadParameter(name, "no area has this code")
