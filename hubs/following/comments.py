"""Ratings of a thing as a mean, and comments on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from geo.core.disclosure import LEAST
from hubs.following import bookmarks
from hubs.following.models import Comment, Rating
from hubs.following.ratable import PRACTICE
from pledges.employers.models.actions import Action
from pledges.ratable import Thing
from pledges.sections import Section


def bookmark_section(action: Action) -> Section | None:
    return bookmarks.button(PRACTICE)(action) if action.good_practice else None


def said_section(action: Action) -> Section | None:
    return section(PRACTICE, action) if action.good_practice else None


SHOWN = 100  # comments on a page


@dataclass(frozen=True)
class Said:
    """`section` in `hubs/following/said.html`. Few ratings have no mean: it would tell who."""

    thing: Thing
    row: Model
    ratings: int
    mean: float | None
    comments: Sequence[Comment]
    more: int

    @classmethod
    def of(cls, thing: Thing, row: Model) -> "Said":
        ratings, mean = Rating.objects.about(row).mean()
        comments = Comment.objects.about(row).in_view()
        shown = list(comments.newest_first()[:SHOWN])
        more = comments.count() - SHOWN if len(shown) == SHOWN else 0
        few = ratings < LEAST
        return cls(thing, row, ratings, None if few else round(mean, 1), shown, more)

    @property
    def least(self) -> int:
        return LEAST

    @property
    def address(self) -> str:
        return reverse("rate", args=[self.thing.slug, self.row.pk])


def section(thing: Thing, row: Model) -> Section:
    """What the page of a thing shows of what people say of it."""
    return Section("hubs/following/said.html", Said.of(thing, row))
