"""From a proposal to what is published: its figures are taken once, when it is sent."""

from pledges.employers.forms.base import Content, ProposalForm
from pledges.employers.models.board import BoardReport
from pledges.employers.models.proposals import Proposal
from pledges.employers.reports.period import Period
from pledges.employers.reports.snapshot import Data, take

State = Proposal.State
WRITTEN = ("summary", "asks")


def seal(proposal: Proposal) -> Content:
    """The figures of a proposal that is sent: what its approver reads, and publishes."""
    return {"figures": take(proposal.organisation, Period.read(proposal.content["period"]))}


def publish(proposal: Proposal, _form: ProposalForm, _row: None) -> BoardReport:
    """Write the next edition; whoever approves has the employer's row to themselves."""
    period = Period.read(proposal.content["period"])
    editions = BoardReport.objects.of(proposal.organisation).about(period)
    return BoardReport.objects.create(
        organisation=proposal.organisation,
        year=period.year,
        quarter=period.quarter,
        edition=editions.newest_edition() + 1,
        content=_whole(proposal.content["figures"], proposal),
    )


def draft(proposal: Proposal) -> Data:
    """The data of a proposal as it would be published.

    As it was sent or, before that, with today's figures.
    """
    found = seal(proposal) if proposal.open else proposal.content
    return _whole(found["figures"], proposal)


def _whole(figures: Data, proposal: Proposal) -> Data:
    return {**figures, **{name: proposal.content.get(name, "") for name in WRITTEN}}
