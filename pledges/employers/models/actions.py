"""What employers do about the pledges. A row is here once it was approved: all of it is public."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.uploads.models import Upload
from pledges.employers.models.querysets import OPEN, ActionQuerySet
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.organisations.models import Organisation


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

    `baseline` and `target` are in the `unit` of `measure`. Its status changes by updates alone.
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
    # Names of sites; none: all of them.
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
    # When anything was last said of it: its own approval, or that of an update.
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
        """The staff groups it reaches, in words; an old name that is gone stays as it was."""
        names = dict(StaffGroup.choices)
        return [str(names.get(group, group)) for group in self.staff_groups]


class Milestone(models.Model):
    """A step on the way of an action, with the day it is due and the day it was reached."""

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
        """Its day is past, and the action that it is a step of still goes on."""
        return self.reached_on is None and self.due < timezone.localdate() and self.action.open


class Update(models.Model):
    """What was said of an action on a day. None is changed, so that the history stays.

    `status` is what the action became by it; `value` what its measure then was, if it was taken.
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
