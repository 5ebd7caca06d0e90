"""Queries of the conversation, in the words of the domain."""

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Q

from geo.models import LocatedQuerySet
from pledges.models import User

SHAPES = tuple(
    f"{area}__{s}" for area in ("region", "district") for s in ("boundary", "boundary_low")
)


class PostQuerySet(LocatedQuerySet):
    def public(self) -> "PostQuerySet":
        """Confirmed, neither withdrawn nor hidden, and no duplicate of another."""
        return self.filter(public=True)

    def of(self, person: User) -> "PostQuerySet":
        """What a person wrote, what they wrote anonymously included."""
        return self.filter(Q(author=person) | Q(veil__person=person))

    def unanswered(self) -> "PostQuerySet":
        """Without an official answer, and not closed."""
        return self.filter(answered_at__isnull=True)

    def matching(self, words: str) -> "PostQuerySet":
        """Posts with the words, as a web search reads them."""
        return self.filter(words=SearchQuery(words, config="english", search_type="websearch"))

    def newest_first(self) -> "PostQuerySet":
        return self.order_by("-created_at", "-id")

    def with_everything(self) -> "PostQuerySet":
        """With what a list shows of each post, in one query."""
        related = ("theme", "organisation", "region", "district", "counts")
        return self.select_related(*related).defer("words", *SHAPES)


class ReplyQuerySet(models.QuerySet):
    def public(self) -> "ReplyQuerySet":
        """In view, under a post that is."""
        return self.filter(public=True, post__public=True)

    def of(self, person: User) -> "ReplyQuerySet":
        """What a person wrote, what they wrote anonymously included."""
        return self.filter(Q(author=person) | Q(veil__person=person))

    def official(self) -> "ReplyQuerySet":
        return self.filter(voice__isnull=False)

    def oldest_first(self) -> "ReplyQuerySet":
        return self.order_by("created_at", "id")

    def with_everything(self) -> "ReplyQuerySet":
        return self.select_related("area").defer("area__boundary", "area__boundary_low")
