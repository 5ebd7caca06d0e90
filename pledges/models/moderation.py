"""Keeping it decent: reports, decisions, relayed messages and blocks. One mechanism for all text.

`subject` points at anything people wrote: a pledge, a story, a message, and what other apps add.
"""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from geo.models import Area
from pledges.models.people import User
from pledges.models.pledges import Pledge


class Subject(models.Model):
    """Something that people wrote, of whatever model."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    subject = GenericForeignKey()

    class Meta:
        abstract = True


class Case(Subject):
    """One thing for moderators to look at, with all its reports; at most one is open a subject."""

    class Why(models.TextChoices):
        REPORTED = "reported", _("Reported by readers")
        CONTACT = "contact", _("May hold contact details or an NHS number")
        LINKS = "links", _("A first text full of links")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept in view")
        HIDDEN = "hidden", _("Hidden")
        BLOCKED = "blocked", _("Hidden, and the account blocked")

    why = models.CharField(max_length=10, choices=Why)
    # Where the subject is counted: stewards see the cases of their own area.
    region = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    original = models.TextField()
    opened_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(decided_at__isnull=True),
                name="pledges_case_one_open",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | ~Q(outcome=""),
                name="pledges_case_decided_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_why_display()}: {self.original[:40]}"


class Report(models.Model):
    """A reader's report, once a person (or, of strangers, once a digest of their address)."""

    class Reason(models.TextChoices):
        UNKIND = "unkind", _("It is unkind or abusive")
        PRIVATE = "private", _("It names a patient or tells something private")
        SPAM = "spam", _("It is spam or advertising")
        WRONG = "wrong", _("It is not true, or not theirs to promise")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField(max_length=500, blank=True)
    reporter = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    reporter_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "reporter_digest"], name="pledges_report_once")
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class Message(models.Model):
    """ "Get in touch": relayed to an author who allows it; neither sees the other's address."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="messages")
    sender = models.ForeignKey(User, models.CASCADE, related_name="sent_messages")
    text = models.TextField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    relayed_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text[:40]


class Block(models.Model):
    """A person no longer gets messages from another."""

    person = models.ForeignKey(User, models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(User, models.CASCADE, related_name="blocked_by")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "blocked"], name="pledges_block_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} blocks {self.blocked_id}"
