"""What people talk about, counted hourly: terms of the posts of a theme, and posts that rise."""

from collections.abc import Collection

from django.db import models

from geo.areas.models import Area
from geo.core.disclosure import LEAST
from hubs.conversation.models.posts import Post
from hubs.conversation.models.themes import Theme
from pledges.organisations.models import Organisation


class TermQuerySet(models.QuerySet):
    def shown(self) -> "TermQuerySet":
        """Terms of so many people that none of them is told by one."""
        return self.filter(authors__gte=LEAST)

    def of(self, theme: Theme, region: Area | None) -> "TermQuerySet":
        return self.filter(theme=theme, region=region)


class Term(models.Model):
    """One or two words that public posts of a theme have, in a region or, without, anywhere.

    `stems` are the words as the full text index keeps them, `form` as most people wrote them.
    `authors` are those who are not anonymous: who is, is not looked up even to be counted.
    A trigger takes from these numbers what leaves the view: see the migration.
    """

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="terms")
    region = models.ForeignKey(Area, models.CASCADE, null=True, related_name="+")
    stems = models.CharField(max_length=80)
    form = models.CharField(max_length=80)
    posts = models.IntegerField()
    authors = models.IntegerField()
    # Of the last seven days.
    lately = models.IntegerField()
    authors_lately = models.IntegerField()
    # By how much its share of all posts grew, in parts of a thousand; none where it does not rise.
    rise = models.IntegerField(null=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "region", "stems"],
                nulls_distinct=False,
                name="conversation_term_once",
            )
        ]

    def __str__(self) -> str:
        return self.form


class Sensed(models.Model):
    """When the terms of a theme were last counted, and in how many posts."""

    theme = models.OneToOneField(Theme, models.CASCADE, primary_key=True, related_name="sensed")
    counted_at = models.DateTimeField()
    posts = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.theme_id}: {self.posts} posts"


class RiseQuerySet(models.QuerySet):
    def of(
        self,
        regions: Collection[int] | None,
        area: Area | None,
        organisation: Organisation | None,
    ) -> "RiseQuerySet":
        """Posts in these regions or, without, in this district; and of this organisation."""
        rows = self
        if regions is not None:
            rows = rows.filter(region__in=regions)
        elif area:
            rows = rows.filter(district=area.pk)
        return rows.filter(organisation=organisation.pk) if organisation else rows

    def most_first(self) -> "RiseQuerySet":
        return self.order_by("-lately", "-post")


class Rise(models.Model):
    """A post that has much new support, for some place or organisation; the facts are the post's.

    A few of each are kept, and so few in all that they are read without an index.
    """

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="+")
    # Supports of the last seven days.
    lately = models.IntegerField()
    region = models.IntegerField(null=True)
    district = models.IntegerField(null=True)
    organisation = models.IntegerField(null=True)

    objects = RiseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.post_id}: {self.lately}"
