"""Proposals that editors write and approvers publish: none of them is public, in any state.

The tables of adoptions, values, actions, updates and evidence hold only what was approved, so no
list, search, feed, export or address can leak a draft. Approved proposals stay here with what
they replaced: they are the history.
"""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.uploads.models import Upload
from pledges.accounts.models import User
from pledges.employers.models.actions import Action
from pledges.employers.models.querysets import EmployerRowsQuerySet
from pledges.organisations.models import Organisation


class ProposalQuerySet(EmployerRowsQuerySet["Proposal"]):
    def drafts(self) -> Self:
        """Not sent yet, or returned: an editor may change them."""
        return self.filter(state__in=(Proposal.State.DRAFT, Proposal.State.RETURNED))

    def sent(self) -> Self:
        """Those that wait for an approver, the longest first."""
        return self.filter(state=Proposal.State.SENT).order_by("sent_at", "pk")

    def approved(self) -> Self:
        """The latest first."""
        return self.filter(state=Proposal.State.APPROVED).order_by("-decided_at", "-pk")

    def unapproved(self) -> Self:
        return self.exclude(state=Proposal.State.APPROVED)

    def with_everything(self) -> Self:
        return self.select_related("organisation", "action", "upload", "made_by", "decided_by")


class Proposal(models.Model):
    """One change that an editor proposes: a new row (no `target`), a change, or its removal.

    `content` is the data of the form of its kind, so that approval validates it again; `before`
    is the content of the public row when it was replaced.
    """

    class Kind(models.TextChoices):
        ADOPTION = "adoption", _("Adoption of a pledge")
        VALUES = "values", _("Values and help")
        ACTION = "action", _("Action")
        UPDATE = "update", _("Update of an action")
        EVIDENCE = "evidence", _("Evidence")
        REPORT = "report", _("Report to the board")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent for approval")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="proposals", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind)
    # The key of the public row.
    target = models.BigIntegerField(null=True, blank=True)
    # The action that an update or evidence is for, or that a new action was copied from.
    action = models.ForeignKey(Action, models.SET_NULL, null=True, blank=True, related_name="+")
    removes = models.BooleanField(default=False)
    content = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    before = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    # Why it was returned.
    words = models.TextField(max_length=1000, blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            # Of two at once, each would undo the changes of the other.
            models.UniqueConstraint(
                fields=["kind", "target"],
                condition=~Q(state="approved") & Q(target__isnull=False),
                name="employers_proposal_one_open_of_a_row",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(words__gt=""),
                name="employers_proposal_returned_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="employers_proposal_sent_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(removes=True) | Q(target__isnull=False),
                name="employers_proposal_removes_a_row",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="employers_proposal_of")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_state_display()}"

    @property
    def open(self) -> bool:
        """Whether editors may change it."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)


class Reader(models.Model):
    """The digests of an editor or approver: whether they want them, and the day of the last."""

    person = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="employer_reader"
    )
    no_mails_since = models.DateTimeField(null=True, blank=True)
    # In Europe/London: one a day at most.
    digest_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.person)
