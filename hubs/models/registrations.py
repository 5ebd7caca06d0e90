"""Who comes to an event: places, the waiting list, answers, and what was mailed to them."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hubs.models.events import Event, Question
from pledges.models import User


class RegistrationQuerySet(models.QuerySet):
    def placed(self) -> "RegistrationQuerySet":
        return self.filter(state=Registration.State.PLACED)

    def waiting(self) -> "RegistrationQuerySet":
        """The waiting list, who has waited longest first."""
        return self.filter(state=Registration.State.WAITING).order_by("confirmed_at", "pk")

    def active(self) -> "RegistrationQuerySet":
        """With a place or waiting for one."""
        return self.filter(state__in=Registration.ACTIVE)

    def of(self, person: User) -> "RegistrationQuerySet":
        """A person's own: of their account, or confirmed by its address."""
        mail = person.email.lower()
        by_mail = Q(email=mail) & ~Q(state=Registration.State.UNCONFIRMED)
        return self.filter(Q(person=person) | by_mail)


class Registration(models.Model):
    """One person at one event. The row outlives name and address, which are forgotten."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Not confirmed")
        PLACED = "placed", _("Has a place")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Cancelled")

    ACTIVE = (State.PLACED, State.WAITING)

    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations")
    person = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.UNCONFIRMED)
    # Told at the door; unique among those of one event.
    code = models.CharField(max_length=8, blank=True)
    # How many messages of calendars went before this registration: see `hubs.events.calendars`.
    turn = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    placed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    day_reminder_at = models.DateTimeField(null=True, blank=True)
    hour_reminder_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "event",
                Lower("email"),
                condition=Q(state__in=["placed", "waiting"], email__gt=""),
                name="hubs_registration_once",
            ),
            models.UniqueConstraint(
                fields=["event", "code"], condition=Q(code__gt=""), name="hubs_registration_code"
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "confirmed_at"], name="hubs_registration_queue"),
            models.Index(fields=["email"], name="hubs_registration_email"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({self.pk})"

    @property
    def placed(self) -> bool:
        return self.state == self.State.PLACED

    @property
    def waiting(self) -> bool:
        return self.state == self.State.WAITING


class Answer(models.Model):
    """What somebody answered to a question of the organiser; for organisers alone."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ["question__position"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="hubs_answer_once")
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Announcement(models.Model):
    """What organisers wrote to everybody at an event."""

    class To(models.TextChoices):
        PLACED = "placed", _("Everybody with a place")
        WAITING = "waiting", _("Everybody on the waiting list")
        ALL = "all", _("Both")

    event = models.ForeignKey(Event, models.CASCADE, related_name="announcements")
    to = models.CharField(max_length=10, choices=To)
    subject = models.CharField(max_length=120)
    text = models.TextField(max_length=4000)
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.subject
