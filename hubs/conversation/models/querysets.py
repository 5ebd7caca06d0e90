"""Queries of the conversation, in the words of the domain."""

from django.contrib.postgres.search import SearchQuery
from django.db import models

from geo.core.located import LocatedQuerySet
from pledges.accounts.models import User

SHAPES = tuple(
    f"{area}__{s}" for area in ("region", "district") for s in ("boundary", "boundary_low")
)


def _written_by(model: type[models.Model], person: User) -> models.QuerySet:
    """Keys of a person's rows: two looks into indexes, where one with "or" would read all rows."""
    rows = model.objects.order_by()
    named = rows.filter(author=person).values("pk")
    return named.union(rows.filter(veil__person=person).values("pk"))


class PostQuerySet(LocatedQuerySet):
    def public(self) -> "PostQuerySet":
        """Confirmed, neither withdrawn nor hidden, and no duplicate of another."""
        return self.filter(public=True)

    def of(self, person: User) -> "PostQuerySet":
        """What a person wrote, what they wrote anonymously included."""
        return self.filter(pk__in=_written_by(self.model, person))

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
        return self.filter(pk__in=_written_by(self.model, person))

    def official(self) -> "ReplyQuerySet":
        return self.filter(voice__isnull=False)

    def oldest_first(self) -> "ReplyQuerySet":
        return self.order_by("created_at", "id")

    def with_everything(self) -> "ReplyQuerySet":
        return self.select_related("area").defer("area__boundary", "area__boundary_low")
