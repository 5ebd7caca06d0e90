"""The filters of posts: one state for the feed, the map, tiles, files and the API."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Self

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from geo import params
from geo.errors import BadParameter
from geo.filters import Filters
from geo.models import Area
from hubs.conversation.models import SPEC, Post, PostQuerySet, Theme
from pledges import lists
from pledges.filters import area_of, organisation_of
from pledges.models import Organisation

KIND = {
    "idea": Post.Kind.IDEA,
    "question": Post.Kind.QUESTION,
    "challenge": Post.Kind.CHALLENGE,
}
ANSWERED = {"no": 0, "yes": 1}


@dataclass(frozen=True)
class PostFilters(Filters):
    """Values of one facet are alternatives; facets narrow each other.

    `answered` asks for an official answer or a result; `since` and `until` are whole days in
    Europe/London, both included.
    """

    names: ClassVar[tuple[str, ...]] = (
        *Filters.names,
        *("theme", "kind", "organisation", "area", "answered", "since", "until", "q"),
    )

    theme: tuple[Theme, ...] = ()
    kind: tuple[str, ...] = ()
    organisation: Organisation | None = None
    area: Area | None = None
    answered: str = ""
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
            kind=params.among(query, "kind", KIND),
            organisation=organisation_of(query),
            area=area_of(query),
            answered=params.one_of(query, "answered", ANSWERED),
            since=since,
            until=until,
            q=params.text(query, "q"),
        )

    @cached_property
    def facets(self) -> dict[str, frozenset[int]]:
        """The chosen values by facet, as `geo.totals` counts them."""
        chosen = {
            "theme": frozenset(theme.number for theme in self.theme),
            "kind": frozenset(int(KIND[word]) for word in self.kind),
            "answered": frozenset([ANSWERED[self.answered]]) if self.answered else frozenset(),
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

    def without_facets(self) -> Self:
        return replace(self, theme=(), kind=(), answered="")

    def anywhere(self) -> Self:
        """Return the filters without those that name a place."""
        return replace(self, bbox=None, area=None, organisation=None)

    def apply(self, rows: PostQuerySet) -> PostQuerySet:
        """Return the posts that pass, through conditions that the indexes hold."""
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

    def by_moment(self, rows: PostQuerySet) -> PostQuerySet:
        """Return the posts that pass, with days as moments: the indexes of lists hold those."""
        rows = replace(self, since=None, until=None).apply(rows)
        start, end = lists.moments(self)
        rows = rows.filter(created_at__gte=start) if start else rows
        return rows.filter(created_at__lt=end) if end else rows

    def pairs(self) -> list[tuple[str, str]]:
        found = {
            "theme": ",".join(theme.slug for theme in self.theme),
            "kind": ",".join(self.kind),
            "organisation": self.organisation.public_code if self.organisation else "",
            "area": self.area.code if self.area else "",
            "answered": self.answered,
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


def parameters() -> dict[str, dict]:
    """Return a JSON Schema for each filter of posts."""
    several = {"type": "array"}
    day = {"type": "string", "format": "date"}
    themes = list(Theme.objects.values_list("slug", flat=True))
    return {
        "theme": {
            **several,
            "items": {"type": "string", "enum": themes},
            "description": _("Themes, with commas between them."),
        },
        "kind": {
            **several,
            "items": {"type": "string", "enum": list(KIND)},
            "description": _("Ideas, questions or challenges, with commas between several."),
        },
        "organisation": {"type": "string", "description": _("Code or slug of an organisation.")},
        "area": {"type": "string", "description": _("Code of a nation, region or district.")},
        "answered": {
            "type": "string",
            "enum": list(ANSWERED),
            "description": _("With an official answer or a result, or without."),
        },
        "since": {**day, "description": _("First day, in Europe/London.")},
        "until": {**day, "description": _("Last day, in Europe/London.")},
        "q": {"type": "string", "description": _("Words in the text.")},
    }
