"""Stories of what became of a pledge."""

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from geo.uploads.models import Upload
from pledges.accounts.models import User
from pledges.pledging.models import Join, Pledge


class StoryQuerySet(models.QuerySet):
    def public(self) -> "StoryQuerySet":
        """Neither hidden by a moderator nor held for one, and told of a public pledge."""
        return self.filter(hidden_at__isnull=True, held_at__isnull=True, pledge__public=True)

    def own(self, person: User) -> "StoryQuerySet":
        """What a person told, of a pledge of theirs or of a part that they joined."""
        return self.filter(Q(join__person=person) | Q(join__isnull=True, pledge__author=person))

    def newest_first(self) -> "StoryQuerySet":
        return self.order_by("-created_at", "-id")

    def with_everything(self) -> "StoryQuerySet":
        """With what a list shows of each story, in one query."""
        related = ("pledge__theme", "pledge__organisation", "join", "picture")
        return self.select_related(*related).defer("pledge__words")


class Story(models.Model):
    """What became of a pledge, told by its author or by one who joined (then `join` is set)."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="stories")
    join = models.OneToOneField(Join, models.CASCADE, null=True, blank=True, related_name="story")
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="stories")
    text = models.TextField(max_length=3000)
    difference = models.TextField(max_length=1000, blank=True)
    picture = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+")
    picture_alt = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    held_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)
    # So that a case goes with what it is about.
    cases = GenericRelation("pledges.Case")

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge"],
                condition=Q(join__isnull=True),
                name="pledges_story_one_of_the_author",
            )
        ]
        indexes = [
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(hidden_at__isnull=True, held_at__isnull=True),
                name="pledges_story_newest",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def promise(self) -> str:
        """What was promised, as the one who tells worded or joined it."""
        return self.join.text if self.join else self.pledge.text

    @property
    def public(self) -> bool:
        return self.hidden_at is None and self.held_at is None and self.pledge.public

    def is_of(self, person: User | None) -> bool:
        """Whether this person told it."""
        if person is None:
            return False
        return (self.join.person_id if self.join else self.pledge.author_id) == person.pk
