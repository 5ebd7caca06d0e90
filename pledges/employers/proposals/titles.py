"""What a proposal is called in lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pledges.employers.models.proposals import Proposal
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.reports.period import Period

Kind = Proposal.Kind


@dataclass(frozen=True)
class Headed:
    """A proposal with what it is called."""

    proposal: Proposal
    title: str


def headed(proposals: Iterable[Proposal]) -> list[Headed]:
    """All of them, the pledges that they are about read in one query."""
    rows = list(proposals)
    of_pledges = [row.content.get("pledge") for row in rows if row.kind == Kind.ADOPTION]
    pledges = StaffPledge.objects.in_bulk([int(key) for key in of_pledges if key])
    return [Headed(row, _title(row, pledges)) for row in rows]


def title_of(proposal: Proposal) -> str:
    """What it is about: the pledge, the action, the evidence, the period; or else its kind."""
    (found,) = headed([proposal])
    return found.title


def _title(proposal: Proposal, pledges: Mapping[int, StaffPledge]) -> str:
    content = proposal.content
    if proposal.kind == Kind.ADOPTION:
        found = pledges.get(int(content.get("pledge") or 0))
        return found.local_name if found else proposal.get_kind_display()
    if proposal.kind == Kind.UPDATE and proposal.action:
        return proposal.action.title
    if proposal.kind == Kind.EVIDENCE and proposal.action:
        said = {"what": content.get("title", ""), "action": proposal.action.title}
        return _("%(what)s, for “%(action)s”") % said
    if proposal.kind == Kind.REPORT:
        return _("Report to the board, %(period)s") % {"period": Period.read(content["period"])}
    return content.get("title") or proposal.get_kind_display()
