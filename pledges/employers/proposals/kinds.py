"""The form of each kind of proposal, and the public row that a proposal is about."""

from typing import Any

from django.db.models import Model

from pledges.employers.forms.action import ActionForm
from pledges.employers.forms.adoption import AdoptionForm, ValuesForm
from pledges.employers.forms.base import Content, ProposalForm
from pledges.employers.forms.updates import EvidenceForm, UpdateForm
from pledges.employers.models.proposals import Proposal
from pledges.employers.reports.forms import ReportForm

FORMS: dict[str, type[ProposalForm[Any]]] = {
    Proposal.Kind.ADOPTION: AdoptionForm,
    Proposal.Kind.VALUES: ValuesForm,
    Proposal.Kind.ACTION: ActionForm,
    Proposal.Kind.UPDATE: UpdateForm,
    Proposal.Kind.EVIDENCE: EvidenceForm,
    Proposal.Kind.REPORT: ReportForm,
}


def row_of(proposal: Proposal) -> Model | None:
    """The public row that a proposal changes or removes; None for a new one, and if it is gone."""
    if proposal.target is None:
        return None
    rows = FORMS[proposal.kind].public_rows(proposal.organisation)
    return rows.filter(pk=proposal.target).first()


def content_of(kind: str, row: Model | None) -> Content:
    """The content of a public row; empty without one."""
    return FORMS[kind].content_of(row) if row else {}
