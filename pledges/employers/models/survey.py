"""The staff survey: its questions by edition, its findings, and their change on the year before."""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Count, F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from geo.core.bilingual import LocalName, local
from geo.uploads.models import Upload
from pledges.accounts.models import User
from pledges.employers.models.querysets import EmployerRowsQuerySet
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.survey.statistics import Headline, Reason, Verdict
from pledges.organisations.models import Organisation

VERDICTS = {
    Verdict.IMPROVED: _("Improved"),
    Verdict.SAME: _("No change"),
    Verdict.WORSE: _("Worse"),
    Verdict.UNTESTED: _("Not tested"),
}
REASONS = {
    Reason.NONE: "",
    Reason.WITHHELD: _("withheld in one of the two years, because few people answered"),
    Reason.NO_YEAR_BEFORE: _("no figure for the year before"),
    Reason.QUESTION_CHANGED: _("the question changed this year, so the two cannot be compared"),
    Reason.NO_SAMPLE: _("the source does not say how many people answered"),
    Reason.NO_LIMITS: _("the source gives no confidence limits for this score"),
}
# The fields of a `Headline`, as aggregates.
COUNTS = {
    verdict.name.lower(): Count("verdict", filter=Q(verdict=int(verdict))) for verdict in Verdict
}


class IndicatorSetQuerySet(models.QuerySet["IndicatorSet"]):
    def in_year(self, year: int) -> "IndicatorSet | None":
        """The set in use in a year; None before the first."""
        return self.filter(year__lte=year).order_by("-year").first()


class IndicatorSet(LocalName, models.Model):
    """The questions of the survey from `year` on, until the year of the next set."""

    year = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    # The plural name of its indicators, as in "21 of the 28 key findings".
    called = models.CharField(max_length=60)
    called_cy = models.CharField(max_length=60, blank=True)
    # Before the number of an indicator: KF12.
    prefix = models.CharField(max_length=4)
    source = models.CharField(max_length=200)
    source_url = models.URLField(max_length=300)

    objects = IndicatorSetQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]

    def __str__(self) -> str:
        return self.name

    @property
    def local_called(self) -> str:
        return local(self.called, self.called_cy)


class Indicator(models.Model):
    """One question or score of a set. `low` and `high` are the ends of its scale.

    `continues` is the same question in the set before; without it there is nothing to compare the
    first year of its set with.
    """

    class Unit(models.TextChoices):
        PERCENT = "percent", _("Per cent")
        SCORE = "score", _("Score")

    set = models.ForeignKey(IndicatorSet, models.PROTECT, related_name="indicators")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)
    words_cy = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=7, choices=Unit)
    low = models.PositiveSmallIntegerField(default=0)
    high = models.PositiveSmallIntegerField(default=100)
    more_is_better = models.BooleanField(default=True)
    pledge = models.ForeignKey(StaffPledge, models.PROTECT, related_name="indicators")
    continues = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="continued_by"
    )

    class Meta:
        ordering = ["-set__year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["set", "number"], name="employers_indicator_number_once"
            ),
            models.CheckConstraint(
                condition=Q(low__lt=F("high")), name="employers_indicator_scale_has_a_length"
            ),
            models.CheckConstraint(
                condition=~Q(unit="percent") | Q(low=0, high=100),
                name="employers_indicator_percent_of_a_hundred",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return f"{self.set.prefix}{self.number}"

    @property
    def local_words(self) -> str:
        return local(self.words, self.words_cy)

    @property
    def percent(self) -> bool:
        return self.unit == self.Unit.PERCENT


class Finding(models.Model):
    """The answers of an organisation's staff in a year: a percentage (0 to 100) or a score.

    `n` is how many answered, `low` and `high` the 95 % confidence limits. Of a withheld figure
    (`suppressed`) all of these are null.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="findings")
    year = models.PositiveSmallIntegerField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="findings")
    value = models.FloatField(null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    suppressed = models.BooleanField(default=False)

    objects = EmployerRowsQuerySet["Finding"].as_manager()

    class Meta:
        ordering = ["-year", "organisation", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "organisation", "indicator"], name="employers_finding_once"
            ),
            models.CheckConstraint(
                condition=Q(suppressed=False, value__isnull=False)
                | Q(
                    suppressed=True,
                    value__isnull=True,
                    n__isnull=True,
                    low__isnull=True,
                    high__isnull=True,
                ),
                name="employers_finding_withheld_wholly",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__lte=F("value"), high__gte=F("value")),
                name="employers_finding_between_its_limits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.year}, {self.indicator_id}"


AnyChange = TypeVar("AnyChange", bound="SurveyChange")


class SurveyChangeQuerySet(models.QuerySet[AnyChange]):
    def in_year(self, year: int) -> Self:
        return self.filter(year=year)

    def newest_year(self) -> int | None:
        return self.aggregate(newest=Max("year"))["newest"]

    def about(self, pledge: StaffPledge) -> Self:
        """Those of the indicators that belong to a staff pledge."""
        return self.filter(indicator__pledge=pledge)

    def headline(self) -> Headline:
        """How many have which verdict."""
        return Headline(**self.order_by().aggregate(**COUNTS))

    def counted(self, *by: str) -> "models.QuerySet[AnyChange, tuple[Any, ...]]":
        """Tuples of the values of these columns, then of how many have which verdict."""
        # Verdicts are counted and not keys, so that the index of a year answers alone.
        return self.order_by().values_list(*by).annotate(**COUNTS)

    def headlines(self, *by: str) -> dict[Any, Headline]:
        """The headline for each value of a column or, of several, for each tuple of values."""
        keys = len(by)
        return {
            (row[0] if keys == 1 else row[:keys]): Headline(*row[keys:])
            for row in self.counted(*by)
        }

    def with_indicators(self) -> Self:
        return self.select_related("indicator__set", "indicator__pledge").order_by(
            "indicator__number"
        )


class SurveyChange(models.Model):
    """The change of a finding on the year before, computed when figures are imported.

    `why` is the `Reason` why it was not tested.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    verdict = models.PositiveSmallIntegerField(choices=[(int(v), w) for v, w in VERDICTS.items()])
    why = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def verdict_word(self) -> str:
        return Verdict(self.verdict).name.lower()

    @property
    def reason(self) -> str:
        return str(REASONS[Reason(self.why)])


class ChangeQuerySet(SurveyChangeQuerySet["Change"]):
    def of(self, organisation: Organisation) -> Self:
        return self.filter(organisation=organisation)


class Change(SurveyChange):
    """Of the finding of one organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", db_index=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year", "indicator"], name="employers_change_once"
            )
        ]
        indexes = [
            # The matrix of a year reads this and no row of the table.
            models.Index(
                fields=["year"],
                include=["organisation", "indicator", "verdict"],
                name="employers_change_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}, {self.year}, {self.indicator_id}"


class PlaceChangeQuerySet(SurveyChangeQuerySet["PlaceChange"]):
    def national(self) -> Self:
        return self.filter(area__isnull=True)

    def of_areas(self, areas: Iterable[Area]) -> Self:
        return self.filter(area__in=areas)


class PlaceChange(SurveyChange):
    """Of all organisations of a region together or, without an area, of all there are.

    `value` and `before` are of those with figures in both years, weighted by who answered;
    `organisations` is how many these are. `demo` says that they are fictional.
    """

    area = models.ForeignKey(
        Area, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    value = models.FloatField(null=True, blank=True)
    before = models.FloatField(null=True, blank=True)
    organisations = models.PositiveIntegerField(default=0)
    demo = models.BooleanField(default=False)

    objects = PlaceChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year", "area", "indicator"],
                nulls_distinct=False,
                name="employers_placechange_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_id}, {self.year}, {self.indicator_id}"


class SurveyImport(models.Model):
    """A file of figures that an operator checks before it is imported.

    `columns` maps fields to headings of the file: {"organisation": "Trust code", ...}. The file
    itself is stored until it was imported.
    """

    year = models.PositiveSmallIntegerField()
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200)
    columns = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    imported_at = models.DateTimeField(null=True, blank=True)
    figures = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.year}: {self.file_name}"
