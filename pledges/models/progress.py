"""Change Days: the days on which everyone is asked at once."""

from django.db import models
from django.utils import timezone

from geo.models import LocalName


class ChangeDayQuerySet(models.QuerySet):
    def next(self) -> "ChangeDay | None":
        """The Change Day today or soonest after it."""
        return self.filter(date__gte=timezone.localdate()).order_by("date").first()


class ChangeDay(LocalName, models.Model):
    date = models.DateField(unique=True)
    name = models.CharField(max_length=100)
    name_cy = models.CharField(max_length=100, blank=True)
    goal = models.PositiveIntegerField(null=True, blank=True)
    # What was reported on the day, where no pledge of that day is held here.
    reported = models.PositiveIntegerField(null=True, blank=True)

    objects = ChangeDayQuerySet.as_manager()

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return self.name

    @property
    def days_left(self) -> int:
        return (self.date - timezone.localdate()).days
