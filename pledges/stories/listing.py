"""Lists of stories, newest first, a page at a time by keyset, under those of the wall's filters
that a story has: theme, organisation, area."""

from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from geo.core import keyset, params
from geo.core.keyset import Page
from pledges.filters import PledgeFilters
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge
from pledges.stories.models import Story, StoryQuerySet

NAMES = ("theme", "organisation", "area")
FEW = 5  # on the page of a pledge or of an organisation


@dataclass(frozen=True)
class Section:
    """The newest stories of a pledge or organisation; `more`: there are others."""

    items: list[Story]
    more: bool

    @classmethod
    def of(cls, rows: StoryQuerySet) -> Self:
        found = list(rows.public().with_everything().newest_first()[: FEW + 1])
        return cls(found[:FEW], len(found) > FEW)

    @classmethod
    def of_pledge(cls, pledge: Pledge) -> Self:
        return cls.of(Story.objects.filter(pledge=pledge))

    @classmethod
    def of_organisation(cls, organisation: Organisation) -> Self:
        return cls.of(Story.objects.filter(pledge__organisation=organisation))


def read_filters(query: QueryDict) -> PledgeFilters:
    """Read the filters that stories have. Raises UnknownParameter for those of pledges alone."""
    params.reject_unknown(query, (*NAMES, "cursor", "start"))
    return PledgeFilters.parse(query, also=("cursor", "start"))


def page(filters: PledgeFilters, limit: int, word: str = "") -> Page[Story]:
    """Return the `limit` public stories that the cursor begins, newest first."""
    return keyset.page(_passing(filters), ("-created_at", "-pk"), limit, word, "stories")


def _passing(filters: PledgeFilters) -> StoryQuerySet:
    rows = Story.objects.public().with_everything()
    if filters.theme:
        rows = rows.filter(pledge__theme__in=filters.theme)
    if filters.organisation:
        rows = rows.filter(pledge__organisation=filters.organisation)
    if filters.regions is not None:
        return rows.filter(pledge__region__in=filters.regions)
    return rows.filter(pledge__district=filters.area) if filters.area else rows
