"""What the conversation is about: themes with dates, and what came of them."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from geo.core.bilingual import LocalName, local


class ThemeQuerySet(models.QuerySet):
    def open(self, day: datetime.date | None = None) -> "ThemeQuerySet":
        """Themes in which one may post on this day in London, by default today."""
        day = day or timezone.localdate()
        begun = Q(opens__isnull=True) | Q(opens__lte=day)
        return self.filter(begun, Q(closes__isnull=True) | Q(closes__gte=day))

    def begun(self) -> "ThemeQuerySet":
        """Themes that people may read: open, or closed again."""
        return self.filter(Q(opens__isnull=True) | Q(opens__lte=timezone.localdate()))


class Theme(LocalName, models.Model):
    """One theme. `number` is its place in counts and never changes; `name` is short.

    One may post from `opens` to `closes`, both included, in London; without a day there is no end.
    """

    MOST = 12  # places in the counts

    number = models.SmallIntegerField(primary_key=True)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=60)
    name_cy = models.CharField(max_length=60, blank=True)
    explanation = models.TextField(max_length=1000, blank=True)
    explanation_cy = models.TextField(max_length=1000, blank=True)
    colour = models.CharField(max_length=7)
    opens = models.DateField(null=True, blank=True)
    closes = models.DateField(null=True, blank=True)
    position = models.SmallIntegerField(default=0)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__range=(1, 12)), name="conversation_theme_number_1_to_12"
            ),
            models.CheckConstraint(
                condition=Q(opens__isnull=True)
                | Q(closes__isnull=True)
                | Q(closes__gte=models.F("opens")),
                name="conversation_theme_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def local_explanation(self) -> str:
        return local(self.explanation, self.explanation_cy)

    @property
    def begun(self) -> bool:
        return self.opens is None or self.opens <= timezone.localdate()

    @property
    def ended(self) -> bool:
        return self.closes is not None and self.closes < timezone.localdate()

    @property
    def is_open(self) -> bool:
        return self.begun and not self.ended


class Heard(models.Model):
    """One entry of the strip "what we heard, what we did" of a theme."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="heard")
    heard = models.TextField(max_length=500)
    heard_cy = models.TextField(max_length=500, blank=True)
    did = models.TextField(max_length=500)
    did_cy = models.TextField(max_length=500, blank=True)
    day = models.DateField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = "heard and done"
        verbose_name_plural = "heard and done"

    def __str__(self) -> str:
        return self.heard[:60]

    @property
    def local_heard(self) -> str:
        return local(self.heard, self.heard_cy)

    @property
    def local_did(self) -> str:
        return local(self.did, self.did_cy)
