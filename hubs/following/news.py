"""News in the topics and the area of a person: the latest for a page, or those of some days."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from geo.areas.models import Area
from geo.core.functions import LONDON
from hubs.conversation import totals as talk_totals
from hubs.conversation.feed.listing import POSTS
from hubs.conversation.filters import PostFilters
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Theme as TalkTheme
from hubs.events.models import Event, EventQuerySet
from hubs.following.models import Interests
from hubs.hub.models import Hub
from hubs.resources.models import Resource, ResourceQuerySet
from pledges.accounts.models import User
from pledges.counts import totals
from pledges.feed.sorting import NEWEST
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge, Theme
from pledges.wall.listing import PLEDGES

SHOWN = 5  # of each sort


@dataclass(frozen=True)
class Following:
    """The topics and the area of a person; no area is the whole country."""

    pledge_themes: tuple[Theme, ...] = ()
    talk_themes: tuple[TalkTheme, ...] = ()
    area: Area | None = None
    newsletter: bool = False

    @classmethod
    def of(cls, person: User) -> "Following":
        rows = Interests.objects.filter(person=person).select_related("area")
        chosen = rows.defer("area__boundary", "area__boundary_low").first()
        if chosen is None:
            return cls()
        return cls(
            tuple(chosen.pledge_themes.all()),
            tuple(chosen.talk_themes.all()),
            chosen.area,
            chosen.newsletter_since is not None,
        )

    @property
    def topics(self) -> bool:
        return bool(self.pledge_themes or self.talk_themes)

    @property
    def pledges(self) -> PledgeFilters:
        return PledgeFilters(theme=self.pledge_themes, area=self.area)

    @property
    def posts(self) -> PostFilters:
        return PostFilters(theme=self.talk_themes, area=self.area)

    def events(self) -> EventQuerySet:
        """What is to come in the area, soonest first."""
        rows = Event.objects.upcoming()
        return rows.of_area(self.area) if self.area else rows

    def resources(self) -> ResourceQuerySet:
        """Those of the hubs that serve the area, and of all hubs, newest first."""
        rows = Resource.objects.published().newest_first()
        if self.area is None:
            return rows
        region = self.area.parent_id if self.area.kind == Area.Kind.DISTRICT else self.area.pk
        return rows.filter(Q(hub__isnull=True) | Q(hub__in=Hub.objects.filter(areas=region)))


@dataclass(frozen=True)
class Latest:
    """The newest of each sort, for a page."""

    pledges: Sequence[Pledge] = ()
    posts: Sequence[Post] = ()
    events: Sequence[Event] = ()
    resources: Sequence[Resource] = ()

    @classmethod
    def of(cls, following: Following) -> "Latest":
        if not following.topics:
            return cls()
        return cls(
            PLEDGES.page(NEWEST, following.pledges, SHOWN).items if following.pledge_themes else (),
            _newest_posts(following.posts) if following.talk_themes else (),
            list(following.events().with_everything()[:SHOWN]),
            list(following.resources().with_everything()[:SHOWN]),
        )


@dataclass(frozen=True)
class News:
    """The news of some days: how many pledges and posts, which events and resources."""

    pledges: int = 0
    posts: int = 0
    events: Sequence[Event] = field(default_factory=list)
    resources: Sequence[Resource] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.pledges or self.posts or self.events or self.resources)

    @classmethod
    def of(cls, person: User, first: datetime.date, last: datetime.date) -> "News":
        """The news from the first day to the last in London, without what the person wrote."""
        following = Following.of(person)
        if not following.topics:
            return cls()
        begin = datetime.datetime.combine(first, datetime.time(), LONDON)
        end = datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(), LONDON)
        events = following.events().filter(changed_at__gte=begin, changed_at__lt=end)
        resources = following.resources().filter(published_at__gte=begin, published_at__lt=end)
        return cls(
            _count_pledges(replace(following.pledges, since=first, until=last), person)
            if following.pledge_themes
            else 0,
            _count_posts(replace(following.posts, since=first, until=last), person)
            if following.talk_themes
            else 0,
            list(events.defer("words")[:SHOWN]),
            list(resources.defer("words")[:SHOWN]),
        )


def _newest_posts(filters: PostFilters) -> Sequence[Post]:
    return POSTS.page(NEWEST, filters, SHOWN, talk_totals.count(filters)).items


def _count_pledges(filters: PledgeFilters, person: User) -> int:
    found = totals.count(filters) or 0
    own = filters.apply(Pledge.objects.public().filter(author=person)).count() if found else 0
    return max(0, found - own)


def _count_posts(filters: PostFilters, person: User) -> int:
    found = talk_totals.count(filters) or 0
    own = filters.apply(Post.objects.of(person).public()).count() if found else 0
    return max(0, found - own)
