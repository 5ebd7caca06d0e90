"""Questions about actions, in the words of the domain."""

import datetime

from django.contrib.gis.db.models import PointField
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Cast
from django.utils import timezone

from pledges.employers.models.placed import AtEmployerQuerySet
from pledges.organisations.models import Organisation

# An action under way of which nothing was said for so long is stale.
STALE_AFTER = datetime.timedelta(days=90)
OPEN = ("planned", "under-way")


class ActionQuerySet(AtEmployerQuerySet):
    def of(self, organisation: Organisation) -> "ActionQuerySet":
        return self.filter(organisation=organisation)

    def about(self, pledge: models.Model) -> "ActionQuerySet":
        """Those that serve one staff pledge."""
        return self.filter(pledges=pledge)

    def open(self) -> "ActionQuerySet":
        """Planned or under way."""
        return self.filter(status__in=OPEN)

    def overdue(self, day: datetime.date | None = None) -> "ActionQuerySet":
        """Open ones whose last day is before this one, by default today in London."""
        return self.open().filter(due__lt=day or timezone.localdate())

    def due_within(self, days: int) -> "ActionQuerySet":
        """Open ones whose last day is today or in so many days at most."""
        today = timezone.localdate()
        return self.open().filter(due__range=(today, today + datetime.timedelta(days=days)))

    def stale(self, day: datetime.date | None = None) -> "ActionQuerySet":
        """Open ones that began, and of which nothing was said for ninety days, by default today."""
        day = day or timezone.localdate()
        return self.open().filter(said_at__date__lte=day - STALE_AFTER, start__lte=day)

    def during(self, first: datetime.date, last: datetime.date) -> "ActionQuerySet":
        """Those that ran on any day from `first` to `last`, both included.

        One runs from its start until it ended, or until today while it is open.
        """
        return self.filter(start__lte=last).filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=first)
        )

    def good_practice(self) -> "ActionQuerySet":
        return self.filter(good_practice=True)

    def matching(self, words: str) -> "ActionQuerySet":
        return self.filter(words=SearchQuery(words, config="english", search_type="websearch"))

    def near(self, point: Point, kilometres: float) -> "ActionQuerySet":
        """Those of employers within so many kilometres, the nearest first, with `distance`."""
        # By the employers' index in metres, which the join below could not use.
        employers = Organisation.objects.within(point, kilometres * 1000).values("pk")
        place = Cast("organisation__location", PointField(geography=True))
        return (
            self.filter(organisation__in=employers)
            .annotate(distance=Distance(place, point))
            .order_by("distance", "-pk")
        )

    def urgent_first(self) -> "ActionQuerySet":
        """What is open by its last day, then what is at an end, the latest first."""
        ended = models.Case(models.When(status__in=OPEN, then=0), default=1)
        return self.alias(ended=ended).order_by("ended", F("due").asc(nulls_last=True), "-pk")

    def with_everything(self) -> "ActionQuerySet":
        """With its employer, pledges, milestones, updates and evidence, without more queries."""
        evidence = self.model._meta.get_field("evidence").related_model.objects
        return (
            self.select_related("organisation", "adapted_from__organisation")
            .defer("words")
            .prefetch_related(
                "pledges",
                "milestones",
                "updates",
                Prefetch("evidence", queryset=evidence.select_related("upload")),
            )
        )
