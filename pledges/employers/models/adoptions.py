"""What an employer commits to: the pledges that it adopted, and its values. All rows are public."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from geo.core.bilingual import local
from pledges.employers.models.querysets import EmployerRowsQuerySet
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.organisations.models import Organisation


class AdoptionQuerySet(EmployerRowsQuerySet["Adoption"]):
    def in_force(self) -> Self:
        """Those that hold today, in Europe/London."""
        today = timezone.localdate()
        return self.during(today, today)

    def during(self, first: datetime.date, last: datetime.date) -> Self:
        """Those that held on any day from `first` to `last`, both included."""
        return self.filter(adopted_on__lte=last).filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=first)
        )


class Adoption(models.Model):
    """An employer's board adopted a staff pledge. `lead` is the role of its lead on the board.

    It holds from `adopted_on` until the day before `ended_on`.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="adoptions", db_index=False
    )
    pledge = models.ForeignKey(StaffPledge, models.PROTECT, related_name="adoptions")
    adopted_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    lead = models.CharField(max_length=100)
    approved_at = models.DateTimeField(default=timezone.now)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["pledge__number", "adopted_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=models.F("adopted_on")),
                name="employers_adoption_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["organisation", "pledge"],
                condition=Q(ended_on__isnull=True),
                name="employers_adoption_once",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "adopted_on"], name="employers_adoption_of")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.pledge}"


class Values(models.Model):
    """The values of an employer in its own words, and where its staff find help."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, primary_key=True, related_name="values_statement"
    )
    statement = models.TextField(max_length=2000)
    statement_cy = models.TextField(max_length=2000, blank=True)
    # Roles and teams to turn to, a line each; shown to recruits.
    help = models.TextField(max_length=1000, blank=True)
    help_cy = models.TextField(max_length=1000, blank=True)
    approved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "values of an employer"
        verbose_name_plural = "values of employers"

    def __str__(self) -> str:
        return f"Values of {self.organisation}"

    @property
    def local_statement(self) -> str:
        return local(self.statement, self.statement_cy)

    @property
    def local_help(self) -> list[str]:
        return [line for line in local(self.help, self.help_cy).splitlines() if line.strip()]
