"""What editors write, and approvers publish: nothing here is public, whatever its state.

The tables of adoptions, values, actions, updates and evidence hold only what was approved, so no
list, search, feed, export or address can show a draft: there is nothing for it to leave out. What
was approved stays here with what it replaced, which is the history.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.uploads.models import Upload
from pledges.accounts.models import User
from pledges.employers.models.actions import Action
from pledges.organisations.models import Organisation


class ProposalQuerySet(models.QuerySet):
    def of(self, organisation: Organisation) -> "ProposalQuerySet":
        return self.filter(organisation=organisation)

    def drafts(self) -> "ProposalQuerySet":
        """What an editor has yet to send: written and not sent, or returned."""
        return self.filter(state__in=(Proposal.State.DRAFT, Proposal.State.RETURNED))

    def sent(self) -> "ProposalQuerySet":
        """What waits for an approver, the longest first."""
        return self.filter(state=Proposal.State.SENT).order_by("sent_at", "pk")

    def decided(self) -> "ProposalQuerySet":
        """What was approved, the latest first."""
        return self.filter(state=Proposal.State.APPROVED).order_by("-decided_at", "-pk")

    def with_everything(self) -> "ProposalQuerySet":
        return self.select_related("organisation", "action", "upload", "made_by", "decided_by")


class Proposal(models.Model):
    """One change that an editor proposes: a new row (no `target`), a change, or its removal.

    `content` is what the form of its kind reads, so that approval validates it once more; `before`
    what the public row said when it was replaced.
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
    # The key of the public row; none while there is none.
    target = models.BigIntegerField(null=True, blank=True)
    # The action that an update or a piece of evidence belongs to, or that a new one was copied of.
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
            # Two at once would each undo what the other changed.
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
        """Whether its editor may still change it."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)


class Reader(models.Model):
    """Somebody who looks after an employer's page: whether they want mails, and the last day."""

    person = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="employer_reader"
    )
    no_mails_since = models.DateTimeField(null=True, blank=True)
    # London's day of the last digest: one a day at most.
    digest_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.person)
