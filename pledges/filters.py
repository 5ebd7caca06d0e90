"""The filters of pledges: one state for map, list, tiles and API."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Self

from django.http import QueryDict

from geo import params
from geo.errors import BadParameter
from geo.filters import Filters
from geo.models import Area
from pledges.models import Organisation, Pledge, PledgeQuerySet, Theme
from pledges.models.pledges import SPEC

WHO = {"person": Pledge.Who.PERSON, "team": Pledge.Who.TEAM}
WHO["organisation"] = Pledge.Who.ORGANISATION
I_AM = {
    "nhs": Pledge.IAm.NHS,
    "alongside": Pledge.IAm.ALONGSIDE,
    "patient": Pledge.IAm.PATIENT,
    "public": Pledge.IAm.PUBLIC,
}
STATUS = {"open": 0, "done": 1}


@dataclass(frozen=True)
class PledgeFilters(Filters):
    """Values of one facet are alternatives; facets narrow each other.

    `theme` holds numbers of themes, `who`, `i_am` and `status` the codes of the model's choices;
    `since` and `until` are whole days in Europe/London, both included.
    """

    names: ClassVar[tuple[str, ...]] = (
        *Filters.names,
        *("theme", "who", "i_am", "organisation", "area", "status", "since", "until", "q"),
    )

    theme: tuple[Theme, ...] = ()
    who: tuple[str, ...] = ()
    i_am: tuple[str, ...] = ()
    organisation: Organisation | None = None
    area: Area | None = None
    status: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    q: str = ""

    @classmethod
    def parse(cls, query: QueryDict, also: tuple[str, ...] = ()) -> Self:
        params.reject_unknown(query, (*cls.names, *also))
        since, until = params.day(query, "since"), params.day(query, "until")
        if since and until and since > until:
            raise BadParameter("until", "is before since")
        return cls(
            bbox=params.bbox(query),
            theme=_themes(query),
            who=params.among(query, "who", WHO),
            i_am=params.among(query, "i_am", I_AM),
            organisation=organisation_of(query),
            area=area_of(query),
            status=params.one_of(query, "status", STATUS),
            since=since,
            until=until,
            q=params.text(query, "q"),
        )

    @cached_property
    def facets(self) -> dict[str, frozenset[int]]:
        """The chosen values by facet, as `geo.totals` counts them."""
        chosen = {
            "theme": frozenset(theme.number for theme in self.theme),
            "who": frozenset(int(WHO[word]) for word in self.who),
            "i_am": frozenset(int(I_AM[word]) for word in self.i_am),
            "done": frozenset([STATUS[self.status]]) if self.status else frozenset(),
        }
        return {name: values for name, values in chosen.items() if values}

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
    def beyond_counts(self) -> bool:
        """Whether rows must be read, because no count is kept of what is asked."""
        district = self.area is not None and self.area.kind == Area.Kind.DISTRICT
        return bool(self.organisation or district or self.q or self.bbox or self.also)

    def between(self, since: datetime.date, until: datetime.date) -> Self:
        return replace(self, since=since, until=until)

    def without_days(self) -> Self:
        return replace(self, since=None, until=None)

    def without_facets(self) -> Self:
        return replace(self, theme=(), who=(), i_am=(), status="")

    def apply(self, rows: PledgeQuerySet) -> PledgeQuerySet:
        """Return the pledges that pass, through conditions that the covering indexes hold."""
        rows = super().apply(rows)
        if codes := SPEC.codes(self.facets):
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

    def pairs(self) -> list[tuple[str, str]]:
        found = {
            "theme": ",".join(theme.slug for theme in self.theme),
            "who": ",".join(self.who),
            "i_am": ",".join(self.i_am),
            "organisation": self.organisation.public_code if self.organisation else "",
            "area": self.area.code if self.area else "",
            "status": self.status,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "q": self.q,
        }
        return [(name, value) for name, value in found.items() if value] + super().pairs()


def _themes(query: QueryDict) -> tuple[Theme, ...]:
    slugs = params.words(query, "theme")
    known = {theme.slug: theme for theme in Theme.objects.filter(slug__in=slugs)} if slugs else {}
    if unknown := set(slugs) - set(known):
        valid = ", ".join(Theme.objects.values_list("slug", flat=True))
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
