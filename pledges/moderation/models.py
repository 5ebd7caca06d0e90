"""Keeping it decent: reports, decisions, relayed messages and blocks. One mechanism for all text.

`subject` points at anything people wrote: a pledge, a story, a message, and what other apps add.
"""

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from geo.areas.models import Area
from pledges.accounts.models import User
from pledges.pledging.models import Pledge


class Subject(models.Model):
    """Something that people wrote, of whatever model."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.BigIntegerField()
    subject = GenericForeignKey()

    class Meta:
        abstract = True


class CaseQuerySet(models.QuerySet):
    def of(self, subject: models.Model) -> "CaseQuerySet":
        """The one case of something, if there is any."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=kind, object_id=subject.pk)

    def open(self) -> "CaseQuerySet":
        """What waits for a decision, longest first."""
        return self.filter(decided_at__isnull=True).order_by("opened_at", "id")

    def decided(self) -> "CaseQuerySet":
        """What was decided, newest first."""
        return self.filter(decided_at__isnull=False).order_by("-decided_at", "-id")

    def told_to(self, author: User) -> "CaseQuerySet":
        """What an author is told of: what waits, is hidden, or was; not what only was reported."""
        waits = Q(decided_at__isnull=True) & ~Q(why=Case.Why.REPORTED)
        told = Q(decisions__outcome__in=[Case.Outcome.HIDDEN, Case.Outcome.BLOCKED])
        return self.filter(waits | told, author=author).order_by("-opened_at", "-id").distinct()


class Case(Subject):
    """One thing for moderators to look at, with its reports and decisions; one a subject.

    A case that is decided is opened again by another report, or by its author's answer.
    """

    class Why(models.TextChoices):
        REPORTED = "reported", _("Reported by readers")
        CONTACT = "contact", _("May hold contact details or an NHS number")
        LINKS = "links", _("A first text full of links")
        ANSWERED = "answered", _("The author answered")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept in view")
        HIDDEN = "hidden", _("Hidden")
        BLOCKED = "blocked", _("Hidden, and the account blocked")
        MENDED = "mended", _("Mended by its author")

    why = models.CharField(max_length=10, choices=Why)
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="cases")
    # Where the subject is counted: stewards see the cases of their own area.
    region = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    # As it was worded when the case was opened, whatever becomes of it.
    original = models.TextField()
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    # Of the last decision; it holds on while the case is looked at again.
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="pledges_case_one_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | ~Q(outcome=""),
                name="pledges_case_decided_with_outcome",
            ),
        ]
        indexes = [
            models.Index(
                fields=["opened_at", "id"],
                condition=Q(decided_at__isnull=True),
                name="pledges_case_open",
            ),
            models.Index(
                fields=["decided_at", "id"],
                condition=Q(decided_at__isnull=False),
                name="pledges_case_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_why_display()}: {self.original[:40]}"

    @property
    def hidden(self) -> bool:
        """Whether the last decision took it out of view."""
        return self.outcome in (self.Outcome.HIDDEN, self.Outcome.BLOCKED)

    @property
    def answerable(self) -> bool:
        """An author may answer once, and what is hidden alone."""
        return self.hidden and self.answered_at is None


class Decision(models.Model):
    """What a moderator decided of a case, and why; the last one holds. None is ever changed."""

    class Ground(models.TextChoices):
        UNKIND = "unkind", _("It is unkind or abusive")
        PRIVATE = "private", _("It names a person, or tells something private")
        CONTACT = "contact", _("It holds contact details or an NHS number")
        SPAM = "spam", _("It is spam or advertising")
        WRONG = "wrong", _("It is not true, or not theirs to promise")
        OTHER = "other", _("Another reason")

    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Case.Outcome)
    ground = models.CharField(max_length=10, choices=Ground, blank=True)
    words = models.CharField(max_length=500, blank=True)
    # What was decided about: its author may have worded it anew since the case was opened.
    text = models.TextField()
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome__in=["hidden", "blocked"]) | ~Q(ground=""),
                name="pledges_decision_hidden_with_ground",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} ({self.case_id})"


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


class MessageQuerySet(models.QuerySet):
    def between(self, person: User) -> "MessageQuerySet":
        """The first messages of what a person wrote or was written, newest first."""
        whose = Q(sender=person) | Q(recipient=person)
        return self.filter(whose, first__isnull=True).order_by("-id")

    def thread(self, first: "Message") -> "MessageQuerySet":
        """A first message and the answers to it, in their order."""
        return self.filter(Q(pk=first.pk) | Q(first=first)).order_by("id")


class Message(models.Model):
    """ "Get in touch": relayed to an author who allows it; neither sees the other's address."""

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="messages")
    sender = models.ForeignKey(User, models.CASCADE, related_name="sent_messages")
    recipient = models.ForeignKey(User, models.CASCADE, related_name="received_messages")
    # Answers belong to the first message of the two people about this pledge.
    first = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    text = models.TextField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    relayed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    cases = GenericRelation(Case)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "sender"],
                condition=Q(first__isnull=True),
                name="pledges_message_one_first",
            )
        ]

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
