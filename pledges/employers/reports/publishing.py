"""From a proposal to an edition: its figures are computed once, when it is sent."""

from pledges.employers.models.board_reports import BoardReport
from pledges.employers.models.proposals import Proposal
from pledges.employers.reports.period import Period
from pledges.employers.reports.snapshot import Data, take_snapshot

WRITTEN = ("summary", "asks")


def figures(proposal: Proposal) -> Data:
    """The figures as they are now: what the approver of a sent proposal reads, and publishes."""
    return take_snapshot(proposal.organisation, Period.parse(proposal.content["period"]))


def publish(proposal: Proposal) -> BoardReport:
    """Write the next edition. The caller holds the lock on the row of the employer."""
    period = Period.parse(proposal.content["period"])
    editions = BoardReport.objects.of(proposal.organisation).about(period)
    return BoardReport.objects.create(
        organisation=proposal.organisation,
        year=period.year,
        quarter=period.quarter,
        edition=editions.newest_edition() + 1,
        content=_with_texts(proposal.content["figures"], proposal),
    )


def preview(proposal: Proposal) -> Data:
    """The data as it would be published: as sent or, before that, with the figures of now."""
    found = figures(proposal) if proposal.open else proposal.content["figures"]
    return _with_texts(found, proposal)


def _with_texts(found: Data, proposal: Proposal) -> Data:
    return {**found, **{name: proposal.content.get(name, "") for name in WRITTEN}}
