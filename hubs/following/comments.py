"""Ratings of a thing as a mean, and comments on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from geo.core.disclosure import LEAST
from hubs.following import bookmarks
from hubs.following.models import Comment, Rating
from hubs.following.ratable import PRACTICE
from pledges.employers.models.actions import Action
from pledges.ratable import Thing
from pledges.sections import Section

SHOWN = 100  # comments on a page


@dataclass(frozen=True)
class Feedback:
    """`section` in `hubs/following/feedback.html`. `mean` is None for fewer than LEAST ratings."""

    thing: Thing[Any]
    row: Model
    ratings: int
    mean: float | None
    comments: Sequence[Comment]
    more: int

    @classmethod
    def of(cls, thing: Thing[Any], row: Model) -> "Feedback":
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


def section(thing: Thing[Any], row: Model) -> Section:
    """What the page of a thing shows of what people say of it."""
    return Section("hubs/following/feedback.html", Feedback.of(thing, row))


def bookmark_section(action: Action) -> Section | None:
    return bookmarks.button(PRACTICE)(action) if action.good_practice else None


def feedback_section(action: Action) -> Section | None:
    return section(PRACTICE, action) if action.good_practice else None
