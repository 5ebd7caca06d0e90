"""The six pledges that employers in the NHS make to their staff: data, in editions."""

from typing import Self

from django.db import models
from django.urls import reverse

from geo.core.bilingual import LocalName, local


class StaffPledgeQuerySet(models.QuerySet["StaffPledge"]):
    def current(self) -> Self:
        """The six of the newest edition, in their order."""
        newest = self.model._default_manager.order_by("-edition").values("edition")[:1]
        return self.filter(edition=models.Subquery(newest)).order_by("number")


class StaffPledge(LocalName, models.Model):
    """One of the six pledges in one edition, the year from which its wording holds.

    Everything but `source` is in our own plain words. `employer_does`, `managers_do` and
    `everyone_does` say who does what, one duty on a line.
    """

    edition = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    # For headings of columns.
    short = models.CharField(max_length=24)
    short_cy = models.CharField(max_length=24, blank=True)
    meaning = models.TextField(max_length=1000)
    meaning_cy = models.TextField(max_length=1000, blank=True)
    employer_does = models.TextField(max_length=1000)
    employer_does_cy = models.TextField(max_length=1000, blank=True)
    managers_do = models.TextField(max_length=1000)
    managers_do_cy = models.TextField(max_length=1000, blank=True)
    everyone_does = models.TextField(max_length=1000)
    everyone_does_cy = models.TextField(max_length=1000, blank=True)
    source = models.CharField(max_length=200)
    source_url = models.URLField(max_length=300)
    colour = models.CharField(max_length=7)

    objects = StaffPledgeQuerySet.as_manager()

    class Meta:
        verbose_name = "staff pledge"
        ordering = ["-edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"], name="employers_staffpledge_number_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "slug"], name="employers_staffpledge_slug_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number__range=(1, 6)), name="employers_staffpledge_one_of_six"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff-pledge", args=[self.slug])

    @property
    def local_short(self) -> str:
        return local(self.short, self.short_cy)

    @property
    def local_meaning(self) -> str:
        return local(self.meaning, self.meaning_cy)

    @property
    def employer_deeds(self) -> list[str]:
        return local(self.employer_does, self.employer_does_cy).splitlines()

    @property
    def manager_deeds(self) -> list[str]:
        return local(self.managers_do, self.managers_do_cy).splitlines()

    @property
    def everyones_deeds(self) -> list[str]:
        return local(self.everyone_does, self.everyone_does_cy).splitlines()
