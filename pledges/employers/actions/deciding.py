"""What approvers do: publish what was sent, or return it with words."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from pledges.employers.errors import NoLongerFits, NotNow
from pledges.employers.kinds import says, sort_of, target_of
from pledges.employers.models import Proposal
from pledges.employers.permissions import may_decide
from pledges.models import Organisation, User

TOLD = (Proposal.Kind.UPDATE, Proposal.Kind.EVIDENCE)


@transaction.atomic
def approve(proposal: Proposal, by: User, seen: str) -> Proposal:
    """Publish what was proposed: from now on everybody sees it.

    `seen` is the mark of the words that the approver read (`mark`). Raises PermissionDenied,
    NotNow if it was decided, taken back or reworded meanwhile, and NoLongerFits if the public
    rows changed so that it cannot be written.
    """
    found = _lock(proposal, by)
    if seen != mark(found):
        raise NotNow
    sort, row = sort_of(found), target_of(found)
    if found.target is not None and row is None:
        raise NoLongerFits("")
    found.before = says(sort, row) or None
    if found.removes:
        # What was yet to be told of an action goes with it.
        told = Proposal.objects.exclude(state=Proposal.State.APPROVED).exclude(pk=found.pk)
        if found.kind == Proposal.Kind.ACTION:
            told.filter(action=row.pk, kind__in=TOLD).delete()
        row.delete()
    else:
        form = sort.form.of(found, row)
        if not form.is_valid():
            raise NoLongerFits(form.reasons())
        found.target = sort.write(found, form, row).pk
    found.state, found.words = Proposal.State.APPROVED, ""
    found.decided_by, found.decided_at = by, timezone.now()
    found.save()
    return found


@transaction.atomic
def give_back(proposal: Proposal, by: User, words: str) -> Proposal:
    """Return a proposal with the reason. Raises PermissionDenied, NotNow."""
    found = _lock(proposal, by)
    found.state, found.words = Proposal.State.RETURNED, words
    found.decided_by, found.decided_at = by, timezone.now()
    found.save()
    return found


def mark(proposal: Proposal) -> str:
    """What is different once a proposal was changed."""
    return proposal.changed_at.isoformat()


def _lock(proposal: Proposal, by: User) -> Proposal:
    # One at a time for an employer: whether a pledge is adopted already is asked, then written.
    Organisation.objects.select_for_update().get(pk=proposal.organisation_id)
    sent = Proposal.objects.select_for_update(of=("self",)).filter(state=Proposal.State.SENT)
    found = sent.select_related("organisation", "action").filter(pk=proposal.pk).first()
    if found is None:
        raise NotNow
    if not may_decide(by, found):
        raise PermissionDenied
    return found
