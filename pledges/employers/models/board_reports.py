"""Reports to boards, as they were published."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Max, Q, UniqueConstraint
from django.urls import reverse
from django.utils import timezone

from pledges.employers.models.querysets import EmployerRowsQuerySet
from pledges.employers.reports.period import Period
from pledges.organisations.models import Organisation


class BoardReportQuerySet(EmployerRowsQuerySet["BoardReport"]):
    def about(self, period: Period) -> Self:
        """The editions of one period."""
        return self.filter(year=period.year, quarter=period.quarter)

    def newest_edition(self) -> int:
        """The number of the last edition among these; 0 without any."""
        return self.aggregate(newest=Max("edition"))["newest"] or 0

    def current(self) -> Self:
        """Those that no newer edition of the same period replaces, the latest period first."""
        newer = self.model._default_manager.filter(
            organisation=models.OuterRef("organisation"),
            year=models.OuterRef("year"),
            quarter=models.OuterRef("quarter"),
            edition__gt=models.OuterRef("edition"),
        )
        return self.filter(~models.Exists(newer)).order_by("-year", "-quarter")


class BoardReport(models.Model):
    """One edition, public from `published_at`. `quarter` is 0 for a whole year.

    `content` is the data that page and files are rendered from: see `pledges.employers.reports`.
    Rows are never changed: a correction is a new edition.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="board_reports", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(default=0)
    edition = models.PositiveSmallIntegerField()
    content = models.JSONField(encoder=DjangoJSONEncoder)
    published_at = models.DateTimeField(default=timezone.now)

    objects = BoardReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-quarter", "-edition"]
        constraints = [
            UniqueConstraint(
                fields=["organisation", "year", "quarter", "edition"],
                name="employers_boardreport_once",
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(0, 4)), name="employers_boardreport_quarter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.period.slug}, {self.edition}"

    def get_absolute_url(self) -> str:
        return self.address("board-report")

    @property
    def period(self) -> Period:
        return Period(self.year, self.quarter)

    def address(self, route: str) -> str:
        """The path of its page or of one of its files."""
        code = self.organisation.public_code
        return reverse(route, args=[code, self.period.slug, self.edition])
