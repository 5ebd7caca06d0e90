"""What may be proposed: for each kind its form, its public rows, and how approval writes one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.utils import timezone

from pledges.employers.forms.action import ActionForm
from pledges.employers.forms.adoption import AdoptionForm, ValuesForm
from pledges.employers.forms.base import Content, ProposalForm
from pledges.employers.forms.updates import EvidenceForm, UpdateForm
from pledges.employers.models.actions import Action, Evidence, Update
from pledges.employers.models.adopting import Adoption, Values
from pledges.employers.models.board import BoardReport
from pledges.employers.models.proposals import Proposal
from pledges.employers.reports.forms import ReportForm
from pledges.employers.reports.publishing import publish, seal

Kind = Proposal.Kind


@dataclass(frozen=True)
class Sort:
    """One kind: `write` makes or changes the row of a proposal whose form is valid.

    `owner` is the path from a row to its organisation. What `belongs` is of an action. What
    `seals` answers is added to the content when it is sent, and so is what the approver reads.
    """

    form: type[ProposalForm]
    model: type[Model]
    write: Callable[[Proposal, ProposalForm, Model | None], Model]
    owner: str = "organisation"
    belongs: bool = False
    changes: bool = True
    removes: bool = True
    seals: Callable[[Proposal], Content] | None = None

    def rows(self, proposal: Proposal) -> QuerySet:
        """The public rows of the proposal's organisation."""
        return self.model._default_manager.filter(**{self.owner: proposal.organisation_id})


def _adoption(proposal: Proposal, form: ProposalForm, row: Adoption | None) -> Adoption:
    given = form.cleaned_data
    row = row or Adoption(organisation=proposal.organisation, pledge=given["pledge"])
    row.adopted_on, row.lead = given["adopted_on"], given["lead"]
    row.ended_on, row.approved_at = given.get("ended_on"), timezone.now()
    row.save()
    return row


def _values(proposal: Proposal, form: ProposalForm, row: Values | None) -> Values:
    row = row or Values.objects.filter(organisation=proposal.organisation).first()
    row = row or Values(organisation=proposal.organisation)
    for name in form.fields:
        setattr(row, name, form.cleaned_data[name])
    row.approved_at = timezone.now()
    row.save()
    return row


WRITTEN = ("title", "description", "owner", "start", "due", "staff_groups", "measure", "unit")
MORE = ("baseline", "target", "good_practice")


def _action(proposal: Proposal, form: ActionForm, row: Action | None) -> Action:
    given, now = form.cleaned_data, timezone.now()
    if row is None:
        row = Action(organisation=proposal.organisation, status=given["status"])
        row.adapted_from = proposal.action
    for name in (*WRITTEN, *MORE):
        setattr(row, name, given[name])
    row.sites = given["sites"].splitlines()
    row.approved_at = row.said_at = now
    row.save()
    row.pledges.set(given["pledges"])
    row.milestones.all().delete()
    for step in form.steps_given():
        row.milestones.create(**step)
    return row


def _update(proposal: Proposal, form: ProposalForm, row: Update | None) -> Update:
    given = form.cleaned_data
    action = Action.objects.select_for_update().get(pk=proposal.action_id)
    made = Update.objects.create(
        action=action,
        on=given["on"],
        text=given["text"],
        status=given["status"],
        value=given.get("value"),
    )
    # One that was approved late does not undo what was said of a later day.
    if action.updates.order_by("-on", "-pk").first() == made:
        action.status = made.status
        action.ended_on = None if action.open else made.on
        action.reason = made.text if made.status == Action.Status.STOPPED else ""
    action.said_at = timezone.now()
    action.save()
    return made


def _evidence(proposal: Proposal, form: ProposalForm, row: Evidence | None) -> Evidence:
    given = form.cleaned_data
    row = row or Evidence(action=proposal.action)
    row.title, row.on, row.link = given["title"], given["on"], given["link"]
    row.upload, row.approved_at = proposal.upload, timezone.now()
    row.save()
    Action.objects.filter(pk=row.action_id).update(said_at=timezone.now())
    return row


SORTS = {
    Kind.ADOPTION: Sort(AdoptionForm, Adoption, _adoption, removes=False),
    Kind.VALUES: Sort(ValuesForm, Values, _values),
    Kind.ACTION: Sort(ActionForm, Action, _action),
    # The history stays: an update is neither changed nor removed.
    Kind.UPDATE: Sort(
        UpdateForm, Update, _update, "action__organisation", True, changes=False, removes=False
    ),
    Kind.EVIDENCE: Sort(
        EvidenceForm, Evidence, _evidence, "action__organisation", True, changes=False
    ),
    # What was published stays as it is; a newer edition replaces it.
    Kind.REPORT: Sort(ReportForm, BoardReport, publish, changes=False, removes=False, seals=seal),
}


def sort_of(proposal: Proposal) -> Sort:
    return SORTS[Kind(proposal.kind)]


def target_of(proposal: Proposal) -> Model | None:
    """The public row that a proposal changes or removes; None where it makes one, or it is gone."""
    if proposal.target is None:
        return None
    return sort_of(proposal).rows(proposal).filter(pk=proposal.target).first()


def says(sort: Sort, row: Model | None) -> Content:
    """What a public row says, in the words of its form."""
    return sort.form.content_of(row) if row and hasattr(sort.form, "content_of") else {}
