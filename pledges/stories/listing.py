"""Lists of stories, newest first, a page at a time by keyset, under those of the wall's filters
that a story has: theme, organisation, area."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Q
from django.http import QueryDict

from geo.core import params
from pledges.feed.lists import Cursor
from pledges.filters import PledgeFilters
from pledges.organisations.models import Organisation
from pledges.pledging.models import Pledge
from pledges.stories.models import Story, StoryQuerySet

NAMES = ("theme", "organisation", "area")
FEW = 5  # on the page of a pledge or of an organisation


@dataclass(frozen=True)
class StoryPage:
    """Some stories, newest first, and the cursors of the pages around them (None: no page)."""

    items: list[Story]
    next: str | None
    prev: str | None = None


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


def page(filters: PledgeFilters, limit: int, word: str = "") -> StoryPage:
    """Return the `limit` public stories after the cursor, or before it with `back`."""
    at = Cursor.parse(word)
    back = at is not None and at.back
    rows = _passing(filters)
    if at:
        rows = rows.filter(_beyond(at))
    order = ("created_at", "id") if back else ("-created_at", "-id")
    found = list(rows.order_by(*order)[: limit + 1])
    more, items = len(found) > limit, found[:limit]
    if back:
        items.reverse()
    if not items:
        return StoryPage([], None)
    # Coming from a neighbour, that neighbour is there; on the other side the extra row tells.
    following = Cursor(items[-1].created_at, items[-1].pk) if back or more else None
    previous = Cursor(items[0].created_at, items[0].pk, back=True)
    earlier = more if back else at is not None
    return StoryPage(
        items, str(following) if following else None, str(previous) if earlier else None
    )


def _passing(filters: PledgeFilters) -> StoryQuerySet:
    rows = Story.objects.public().with_everything()
    if filters.theme:
        rows = rows.filter(pledge__theme__in=filters.theme)
    if filters.organisation:
        rows = rows.filter(pledge__organisation=filters.organisation)
    if filters.regions is not None:
        return rows.filter(pledge__region__in=filters.regions)
    return rows.filter(pledge__district=filters.area) if filters.area else rows


def _beyond(at: Cursor) -> Q:
    way = "gt" if at.back else "lt"
    after = Q(**{f"created_at__{way}": at.created_at})
    return after | Q(created_at=at.created_at, **{f"id__{way}": at.key})
