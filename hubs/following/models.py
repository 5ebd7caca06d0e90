"""Interests, bookmarks, ratings and comments of people."""

import datetime
from typing import Self

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Avg, Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.areas.models import Area
from hubs.conversation.models.themes import Theme as TalkTheme
from pledges.accounts.models import User
from pledges.moderation.models import Subject
from pledges.pledging.models import Theme

MOST_STARS = 5  # a rating is from 1 to this
MAX_LENGTH = 1000  # of a comment


class InterestsQuerySet(models.QuerySet):
    def due(self, day: datetime.date) -> "InterestsQuerySet":
        """Those whose newsletter is due on this day: a week after the last one."""
        before = day - datetime.timedelta(days=7)
        rows = self.filter(newsletter_since__isnull=False, told_until__lte=before)
        return rows.filter(person__is_active=True, person__demo=False).order_by("pk")


class Interests(models.Model):
    """The topics and the area that a person chose: private, and read by the newsletter."""

    person = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    pledge_themes = models.ManyToManyField(Theme, blank=True, related_name="+")
    talk_themes = models.ManyToManyField(TalkTheme, blank=True, related_name="+")
    # When they confirmed, by mail, that they want the newsletter; None: they get none.
    newsletter_since = models.DateTimeField(null=True, blank=True)
    # The first day in London whose news is in no newsletter yet.
    told_until = models.DateField(null=True, blank=True)

    objects = InterestsQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("interests")
        verbose_name_plural = gettext_lazy("interests")
        constraints = [
            models.CheckConstraint(
                condition=Q(newsletter_since__isnull=True) | Q(told_until__isnull=False),
                name="hubs_interests_told_from_a_day",
            )
        ]
        indexes = [
            models.Index(
                fields=["told_until"],
                condition=Q(newsletter_since__isnull=False),
                name="hubs_interests_newsletter",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SubjectQuerySet(models.QuerySet):
    def about(self, row: models.Model) -> Self:
        """The rows about one object of any model."""
        kind = ContentType.objects.get_for_model(row)
        return self.filter(content_type=kind, object_id=row.pk)


class BookmarkQuerySet(SubjectQuerySet):
    def newest_first(self) -> "BookmarkQuerySet":
        return self.order_by("-created_at", "-pk")


class Bookmark(Subject):
    """A person's bookmark of an object, which may be hidden or deleted meanwhile."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("bookmark")
        verbose_name_plural = gettext_lazy("bookmarks")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "content_type", "object_id"], name="hubs_bookmark_once"
            )
        ]
        indexes = [models.Index(fields=["person", "created_at", "id"], name="hubs_bookmark_newest")]

    def __str__(self) -> str:
        return str(self.pk)


class RatingQuerySet(SubjectQuerySet):
    def mean(self) -> tuple[int, float]:
        """The number of ratings, without those of blocked accounts, and their mean (0 if none)."""
        found = self.filter(person__is_active=True).aggregate(n=Count("pk"), mean=Avg("stars"))
        return found["n"], found["mean"] or 0.0


class Rating(Subject):
    """One person's rating of an object; rating it again changes the row."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    stars = models.SmallIntegerField()
    changed_at = models.DateTimeField(auto_now=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("rating")
        verbose_name_plural = gettext_lazy("ratings")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "person"], name="hubs_rating_once"
            ),
            models.CheckConstraint(
                condition=Q(stars__range=(1, MOST_STARS)), name="hubs_rating_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return str(self.stars)


class CommentQuerySet(SubjectQuerySet):
    def in_view(self) -> "CommentQuerySet":
        """Neither hidden by a moderator nor held for one."""
        return self.filter(hidden_at__isnull=True, held_at__isnull=True)

    def newest_first(self) -> "CommentQuerySet":
        return self.order_by("-created_at", "-pk")


class Comment(Subject):
    """A person's comment on an object; moderated as everything that people write."""

    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(max_length=MAX_LENGTH)
    display_name = models.CharField(max_length=100, blank=True)
    # Written by us into the form: the same one sent twice is one comment.
    form_key = models.UUIDField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    held_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    # Deletes the cases of a comment with it.
    cases = GenericRelation("pledges.Case")

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("comment")
        verbose_name_plural = gettext_lazy("comments")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["content_type", "object_id", "created_at", "id"], name="hubs_comment_newest"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def signature(self) -> str:
        return self.display_name or _("Somebody")

    @property
    def public(self) -> bool:
        """Neither held nor hidden: public wherever its subject is."""
        return self.held_at is None and self.hidden_at is None
