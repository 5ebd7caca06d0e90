"""What editors and approvers do with a proposal. Nothing is public before it is approved."""

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
from pledges.employers.proposals.kinds import FORMS, content_of, row_of
from pledges.organisations.models import Organisation

State = Proposal.State
# What a copy of an action has: what was done and how; not when, by whom, and with which effect.
COPIED = ("title", "description", "pledges", "staff_groups", "measure", "unit")


@transaction.atomic
def propose(
    organisation: Organisation,
    kind: str,
    by: User,
    content: Content,
    *,
    row: Model | None = None,
    action: Action | None = None,
    file: CheckedFile | None = None,
    removes: bool = False,
) -> Proposal:
    """Write a draft; `row` is the public one that it is about, if any.

    Raises BeingChanged where another proposal about this row is not approved yet.
    """
    try:
        with transaction.atomic():
            return Proposal.objects.create(
                organisation=organisation,
                kind=kind,
                target=row.pk if row else None,
                action=action,
                removes=removes,
                content=content,
                upload=uploads.save_upload(file) if file else None,
                made_by=by,
            )
    except IntegrityError as error:
        raise BeingChanged from error


def propose_removal(organisation: Organisation, kind: str, by: User, row: Model) -> Proposal:
    """Write a draft that removes a public row. Raises BeingChanged."""
    action = getattr(row, "action", None)
    content = content_of(kind, row)
    return propose(organisation, kind, by, content, row=row, action=action, removes=True)


def copy_action(organisation: Organisation, by: User, original: Action) -> Proposal:
    """Write a draft of an action that is adapted from another employer's, or from one's own."""
    found = content_of(Proposal.Kind.ACTION, original)
    content = {name: found[name] for name in COPIED}
    return propose(organisation, Proposal.Kind.ACTION, by, content, action=original)


@transaction.atomic
def edit(
    proposal: Proposal, by: User, content: Content, file: CheckedFile | None = None
) -> Proposal:
    """Replace the content of a draft. Whoever saves it is its author, and does not approve it.

    Raises NotNow if it was sent or approved meanwhile.
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
    found.content |= FORMS[found.kind].sealed(found)
    found.state, found.sent_at, found.words = State.SENT, timezone.now(), ""
    found.save()
    return found


@transaction.atomic
def take_back(proposal: Proposal) -> Proposal:
    """Make what waits for approval a draft again. Raises NotNow."""
    found = _lock(proposal, State.SENT)
    found.state = State.DRAFT
    found.save()
    return found


@transaction.atomic
def discard(proposal: Proposal) -> None:
    """Delete a draft, or what was returned. Raises NotNow."""
    _lock(proposal, State.DRAFT, State.RETURNED).delete()


@transaction.atomic
def approve(proposal: Proposal, by: User, version: str) -> Proposal:
    """Publish what was proposed: write, change or remove the public row.

    `version` is the `version_of` the proposal that the approver read. Raises PermissionDenied,
    NotNow if it was decided, taken back or edited meanwhile, and NoLongerFits if the public rows
    changed so that it cannot be written.
    """
    found = _lock_sent(proposal, by)
    if version != version_of(found):
        raise NotNow
    row = row_of(found)
    if found.target is not None and row is None:
        raise NoLongerFits("")
    found.before = content_of(found.kind, row) or None
    if found.removes and row:
        if found.kind == Proposal.Kind.ACTION:
            # Unpublished updates and evidence of an action go with it.
            kinds = [kind for kind, form in FORMS.items() if form.of_action]
            Proposal.objects.unapproved().filter(action=row.pk, kind__in=kinds).delete()
        row.delete()
    else:
        form = FORMS[found.kind].of(found, row)
        if not form.is_valid():
            raise NoLongerFits(form.reasons())
        found.target = form.save(found).pk
    return _decide(found, State.APPROVED, by)


@transaction.atomic
def return_to_editors(proposal: Proposal, by: User, words: str) -> Proposal:
    """Return a proposal with the reason. Raises PermissionDenied, NotNow."""
    return _decide(_lock_sent(proposal, by), State.RETURNED, by, words)


def version_of(proposal: Proposal) -> str:
    """A text that is another whenever a proposal was changed."""
    return proposal.changed_at.isoformat()


def _decide(proposal: Proposal, state: str, by: User, words: str = "") -> Proposal:
    proposal.state, proposal.words = state, words
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save()
    return proposal


def _lock(proposal: Proposal, *states: str) -> Proposal:
    """The proposal as it is now, locked. Raises NotNow if it is in none of these states."""
    rows = Proposal.objects.select_for_update(of=("self",)).filter(state__in=states)
    found = rows.select_related("organisation", "action").filter(pk=proposal.pk).first()
    if found is None:
        raise NotNow
    return found


def _lock_sent(proposal: Proposal, by: User) -> Proposal:
    # One at a time for an employer: whether a pledge is adopted already is checked, then written.
    Organisation.objects.select_for_update().get(pk=proposal.organisation_id)
    found = _lock(proposal, State.SENT)
    if not may_decide(by, found):
        raise PermissionDenied
    return found
