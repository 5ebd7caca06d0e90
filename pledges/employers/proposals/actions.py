"""What editors and approvers do with a proposal; nothing is public before approval."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from geo import uploads
from geo.uploads.storage import CheckedFile
from pledges.accounts.models import User
from pledges.employers.errors import BeingChanged, NoLongerFits, NotNow
from pledges.employers.forms.base import Content
from pledges.employers.models.actions import Action
from pledges.employers.models.proposals import Proposal
from pledges.employers.permissions import may_decide
from pledges.employers.proposals.kinds import SORTS, says, sort_of, target_of
from pledges.organisations.models import Organisation

TOLD = (Proposal.Kind.UPDATE, Proposal.Kind.EVIDENCE)


@transaction.atomic
def approve(proposal: Proposal, by: User, seen: str) -> Proposal:
    """Publish what was proposed: from now on everybody sees it.

    `seen` is the mark of the words that the approver read (`mark`). Raises PermissionDenied,
    NotNow if it was decided, taken back or reworded meanwhile, and NoLongerFits if the public
    rows changed so that it cannot be written.
    """
    found = _lock_sent(proposal, by)
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
    found = _lock_sent(proposal, by)
    found.state, found.words = Proposal.State.RETURNED, words
    found.decided_by, found.decided_at = by, timezone.now()
    found.save()
    return found


def mark(proposal: Proposal) -> str:
    """What is different once a proposal was changed."""
    return proposal.changed_at.isoformat()


def _lock_sent(proposal: Proposal, by: User) -> Proposal:
    # One at a time for an employer: whether a pledge is adopted already is asked, then written.
    Organisation.objects.select_for_update().get(pk=proposal.organisation_id)
    sent = Proposal.objects.select_for_update(of=("self",)).filter(state=Proposal.State.SENT)
    found = sent.select_related("organisation", "action").filter(pk=proposal.pk).first()
    if found is None:
        raise NotNow
    if not may_decide(by, found):
        raise PermissionDenied
    return found


State = Proposal.State
# What a copy takes along: what was done and how, not when, by whom, and what came of it.
COPIED = ("title", "description", "pledges", "staff_groups", "measure", "unit")


@transaction.atomic
def propose(
    organisation: Organisation,
    kind: str,
    by: User,
    content: Content,
    *,
    target: Model | None = None,
    action: Action | None = None,
    file: CheckedFile | None = None,
    removes: bool = False,
) -> Proposal:
    """Write a draft. Raises BeingChanged where one about the same row is open."""
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                organisation=organisation,
                kind=kind,
                target=target.pk if target else None,
                action=action,
                removes=removes,
                content=content,
                upload=uploads.save_upload(file) if file else None,
                made_by=by,
            )
    except IntegrityError as error:
        raise BeingChanged from error


def propose_removal(organisation: Organisation, kind: str, by: User, row: Model) -> Proposal:
    """Write a draft that takes a public row away. Raises BeingChanged."""
    content = says(SORTS[Proposal.Kind(kind)], row)
    action = getattr(row, "action", None)
    return propose(organisation, kind, by, content, target=row, action=action, removes=True)


@transaction.atomic
def copy_action(organisation: Organisation, by: User, original: Action) -> Proposal:
    """Write a draft of an action that is adapted from another employer's, or from one's own."""
    found = says(SORTS[Proposal.Kind.ACTION], original)
    content = {name: found[name] for name in COPIED}
    return propose(organisation, Proposal.Kind.ACTION, by, content, action=original)


@transaction.atomic
def reword(
    proposal: Proposal, by: User, content: Content, file: CheckedFile | None = None
) -> Proposal:
    """Say something else. Whoever saves it vouches for it, and so does not approve it.

    Raises NotNow for what was sent or approved meanwhile.
    """
    found = _lock(proposal, State.DRAFT, State.RETURNED)
    found.content, found.made_by = content, by
    if file:
        found.upload = uploads.save_upload(file)
    elif content.get("link"):
        found.upload = None
    found.save()
    return found


@transaction.atomic
def send(proposal: Proposal) -> Proposal:
    """Send a draft, or what was returned, for approval. Raises NotNow."""
    found = _lock(proposal, State.DRAFT, State.RETURNED)
    if seals := sort_of(found).seals:
        found.content |= seals(found)
    found.state, found.sent_at, found.words = State.SENT, timezone.now(), ""
    found.save()
    return found


@transaction.atomic
def take_back(proposal: Proposal) -> Proposal:
    """Make a draft again of what waits for approval. Raises NotNow."""
    found = _lock(proposal, State.SENT)
    found.state = State.DRAFT
    found.save()
    return found


@transaction.atomic
def discard(proposal: Proposal) -> None:
    """Delete a draft, or what was returned. Raises NotNow."""
    _lock(proposal, State.DRAFT, State.RETURNED).delete()


def _lock(proposal: Proposal, *states: str) -> Proposal:
    """The proposal as it now is, for nobody else to change. Raises NotNow if in no such state."""
    found = Proposal.objects.select_for_update().filter(pk=proposal.pk, state__in=states).first()
    if found is None:
        raise NotNow
    return found
