"""Actions of employers for the staff pledges. Rows are written on approval: all are public."""

import datetime
from typing import Self

from django.contrib.gis.db.models import PointField
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.uploads.models import Upload
from pledges.employers.models.querysets import EmployerRowsQuerySet
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.organisations.models import Organisation

# An open action without an update for so long is stale.
STALE_AFTER = datetime.timedelta(days=90)
OPEN = ("planned", "under-way")


class ActionQuerySet(EmployerRowsQuerySet["Action"]):
    def about(self, pledge: StaffPledge) -> Self:
        """Those for one staff pledge."""
        return self.filter(pledges=pledge)

    def open(self) -> Self:
        """Planned or under way."""
        return self.filter(status__in=OPEN)

    def overdue(self, day: datetime.date) -> Self:
        """Open ones that were due before a day."""
        return self.open().filter(due__lt=day)

    def stale(self, day: datetime.date) -> Self:
        """Open ones that had begun by a day, and had no update in the ninety days before it."""
        return self.open().filter(said_at__date__lte=day - STALE_AFTER, start__lte=day)

    def during(self, first: datetime.date, last: datetime.date) -> Self:
        """Those that ran on any day from `first` to `last`, both included.

        An action runs from its start until it ended or, while it is open, until today.
        """
        return self.filter(start__lte=last).filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=first)
        )

    def good_practice(self) -> Self:
        return self.filter(good_practice=True)

    def matching(self, words: str) -> Self:
        return self.filter(words=SearchQuery(words, config="english", search_type="websearch"))

    def near(self, point: Point, kilometres: float) -> Self:
        """Those of employers within so many kilometres, the nearest first, with `distance`."""
        # By the employers' index in metres, which the join below could not use.
        employers = Organisation.objects.within(point, kilometres * 1000).values("pk")
        place = Cast("organisation__location", PointField(geography=True))
        return (
            self.filter(organisation__in=employers)
            .annotate(distance=Distance(place, point))
            .order_by("distance", "-pk")
        )

    def urgent_first(self) -> Self:
        """Open ones by their due day, then those that ended, the latest first."""
        ended = models.Case(models.When(status__in=OPEN, then=0), default=1)
        return self.alias(ended=ended).order_by("ended", F("due").asc(nulls_last=True), "-pk")

    def with_everything(self) -> Self:
        """With employer, pledges, milestones, updates and evidence; no query for each row."""
        return (
            self.select_related("organisation", "adapted_from__organisation")
            .defer("words")
            .prefetch_related(
                "pledges",
                "milestones",
                "updates",
                Prefetch("evidence", queryset=Evidence.objects.select_related("upload")),
            )
        )


class StaffGroup(models.TextChoices):
    EVERYONE = "everyone", _("All staff")
    NURSES = "nurses", _("Nurses and midwives")
    DOCTORS = "doctors", _("Doctors and dentists")
    ALLIED = "allied", _("Allied health professionals, scientists and pharmacists")
    AMBULANCE = "ambulance", _("Ambulance crews")
    SUPPORT = "support", _("Care assistants and support workers")
    ESTATES = "estates", _("Estates, catering, cleaning and porters")
    ADMIN = "admin", _("Administration and corporate teams")
    MANAGERS = "managers", _("Managers")
    LEARNERS = "learners", _("Students, trainees and apprentices")
    VOLUNTEERS = "volunteers", _("Volunteers and bank staff")


class Action(models.Model):
    """One action of an employer, for one pledge or several. `owner` is a role, never a name.

    `baseline` and `target` are in the `unit` of `measure`. Only updates change its status.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under-way", _("Under way")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="actions", db_index=False
    )
    pledges = models.ManyToManyField(StaffPledge, related_name="actions")
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=3000)
    owner = models.CharField(max_length=100)
    start = models.DateField()
    due = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    # Why it was stopped.
    reason = models.TextField(max_length=1000, blank=True)
    # When it was done or stopped.
    ended_on = models.DateField(null=True, blank=True)
    staff_groups = ArrayField(
        models.CharField(max_length=12, choices=StaffGroup), default=list, blank=True
    )
    # Names of sites; empty: all of them.
    sites = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    measure = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    good_practice = models.BooleanField(default=False)
    adapted_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="adaptations"
    )
    approved_at = models.DateTimeField(default=timezone.now)
    # When it, or the last update or evidence of it, was approved.
    said_at = models.DateTimeField(default=timezone.now)
    words = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("description", weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["-start", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(due__gte=models.F("start")),
                name="employers_action_due_after_start",
            ),
            models.CheckConstraint(
                condition=Q(status="stopped", reason__gt="")
                | (~Q(status="stopped") & Q(reason="")),
                name="employers_action_stopped_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["done", "stopped"], ended_on__isnull=False)
                | Q(status__in=OPEN, ended_on__isnull=True),
                name="employers_action_ended_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "start"], name="employers_action_of"),
            models.Index(
                fields=["due"], condition=Q(status__in=OPEN), name="employers_action_due_open"
            ),
            GinIndex(
                fields=["words"],
                condition=Q(good_practice=True),
                name="employers_action_words",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.pk])

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def overdue(self) -> bool:
        return self.open and self.due is not None and self.due < timezone.localdate()

    @property
    def groups(self) -> list[str]:
        """Labels of the staff groups; a value that is no longer a choice stays as it is."""
        names = dict(StaffGroup.choices)
        return [str(names.get(group, group)) for group in self.staff_groups]


class Milestone(models.Model):
    """A step of an action, with the day it is due and the day it was reached."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=120)
    due = models.DateField()
    reached_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def late(self) -> bool:
        """It is past due, not reached, and its action is still open."""
        return self.reached_on is None and self.due < timezone.localdate() and self.action.open


class Update(models.Model):
    """Progress of an action on a day. Never changed afterwards: together they are its history.

    `status` is that of the action from this day on; `value` its measure then, if it was taken.
    """

    action = models.ForeignKey(Action, models.CASCADE, related_name="updates")
    on = models.DateField()
    text = models.TextField(max_length=2000)
    status = models.CharField(max_length=10, choices=Action.Status)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    approved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on}: {self.text[:60]}"


class Evidence(models.Model):
    """A file or a link that shows what an action did."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=120)
    link = models.URLField(max_length=500, blank=True)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(default=timezone.localdate)
    approved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(upload__isnull=False, link="") | Q(upload__isnull=True, link__gt=""),
                name="employers_evidence_file_or_link",
            )
        ]

    def __str__(self) -> str:
        return self.title
