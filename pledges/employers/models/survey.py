"""The staff survey: what is asked in which edition, what organisations' staff answered, and what
became of it since the year before."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from geo.core.bilingual import LocalName, local
from geo.uploads.models import Upload
from pledges.accounts.models import User
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey_querysets import (
    ChangeQuerySet,
    FindingQuerySet,
    IndicatorSetQuerySet,
    PlaceChangeQuerySet,
)
from pledges.employers.survey.statistics import Verdict, Why
from pledges.organisations.models import Organisation

VERDICTS = {
    Verdict.IMPROVED: _("Improved"),
    Verdict.SAME: _("No change"),
    Verdict.WORSE: _("Worse"),
    Verdict.UNTESTED: _("Not tested"),
}
REASONS = {
    Why.NOTHING: "",
    Why.HIDDEN: _("withheld in one of the two years, because few people answered"),
    Why.NO_YEAR_BEFORE: _("no figure for the year before"),
    Why.QUESTION_CHANGED: _("the question changed this year, so the two cannot be compared"),
    Why.NO_SAMPLE: _("the source does not say how many people answered"),
    Why.NO_LIMITS: _("the source gives no confidence limits for this score"),
}


class IndicatorSet(LocalName, models.Model):
    """What the survey asks from `year` on, until the year of the next set."""

    year = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    # What its indicators are called together, as in "21 of the 28 key findings".
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

    `continues` is the same question in the set before; without one it cannot be compared with
    anything of before its set's year.
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
    """What the staff of an organisation answered in a year: a percentage (0 to 100) or a score.

    Of a figure that is withheld (`suppressed`) nothing is kept but that it is.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="findings")
    year = models.PositiveSmallIntegerField()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="findings")
    value = models.FloatField(null=True, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    suppressed = models.BooleanField(default=False)

    objects = FindingQuerySet.as_manager()

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


class Judged(models.Model):
    """What became of a finding since the year before: kept when figures come in, not when read."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    verdict = models.PositiveSmallIntegerField(choices=[(int(v), w) for v, w in VERDICTS.items()])
    why = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def verdict_word(self) -> str:
        return {1: "improved", 2: "same", 3: "worse", 4: "untested"}[self.verdict]

    @property
    def reason(self) -> str:
        return REASONS[Why(self.why)]


class Change(Judged):
    """Of one organisation's finding."""

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


class PlaceChange(Judged):
    """Of the organisations of a region (or, without an area, of all) together.

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
    """A file of figures that an operator looks over before it counts.

    `columns` says under which heading what is found: {"organisation": "Trust code", ...}. The
    file itself is kept until it was imported.
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
