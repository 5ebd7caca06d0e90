"""The queue of those who answer: what nobody has answered, by support or by age."""

from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from geo.areas.models import Area
from geo.core import params
from geo.core.errors import BadParameter
from hubs.conversation import totals
from hubs.conversation.feed.listing import OLDEST, POSTS, SUPPORTED
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import Post
from hubs.conversation.models.private import Answering
from hubs.conversation.permissions import areas_of
from pledges.accounts.models import User

SUPPORT, AGE, MINE = "support", "age", "mine"
SORTS = {SUPPORT: SUPPORTED, AGE: OLDEST}
SIZE = 25
NAMES = ("theme", "area", "sort", "cursor")


@dataclass(frozen=True)
class Queue:
    """A page of posts to answer; `area` is None for an operator who looks at all of them."""

    areas: list[Area]
    filters: PostFilters
    sort: str
    posts: list[Post]
    total: int | None
    next: str

    @classmethod
    def read(cls, person: User, query: QueryDict) -> Self:
        """Read what somebody asks of their queue. Raises BadParameter for an area not theirs."""
        params.reject_unknown(query, NAMES)
        areas = areas_of(person)
        own = QueryDict(mutable=True)
        own.update({name: query[name] for name in ("theme", "area") if query.get(name)})
        if "area" not in own and not person.is_operator:
            own["area"] = areas[0].code
        filters = replace(PostFilters.parse(own), answered="no")
        if filters.area and filters.area.pk not in _within(areas):
            raise BadParameter("area", "is not one that you answer for")
        sort = params.one_of(query, "sort", (*SORTS, MINE)) or SUPPORT
        word = params.text(query, "cursor")
        if sort == MINE:
            desks = Answering.objects.filter(assigned_to=person, post__public=True)
            open_ones = desks.filter(post__answered_at__isnull=True).order_by("post")
            keys = list(open_ones.values_list("post", flat=True)[:SIZE])
            return cls(areas, filters, sort, POSTS.in_order(keys), len(keys), "")
        total = totals.count(filters)
        page = POSTS.page(SORTS[sort], filters, SIZE, total, word)
        return cls(areas, filters, sort, page.items, total, page.next or "")

    def address(self, **other: str) -> str:
        """Return the query string of this queue, with something of it changed."""
        pairs = {
            "theme": ",".join(theme.slug for theme in self.filters.theme),
            "area": self.filters.area.code if self.filters.area else "",
            "sort": self.sort if self.sort != SUPPORT else "",
            **other,
        }
        return urlencode({name: value for name, value in pairs.items() if value})

    @property
    def onwards(self) -> str:
        return self.address(cursor=self.next) if self.next else ""

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        return [
            (sort, self.address(sort="" if sort == SUPPORT else sort), sort == self.sort)
            for sort in (SUPPORT, AGE, MINE)
        ]


def _within(areas: list[Area]) -> set[int]:
    """Keys of areas and of the regions that nations among them are made of."""
    parts = Area.objects.filter(parent__in=areas, kind=Area.Kind.REGION)
    return {area.pk for area in areas} | set(parts.values_list("pk", flat=True))
