"""What editors do: write, change, send, take back, discard. Nothing of it is public."""

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from geo import uploads
from geo.uploads import Checked
from pledges.employers.errors import BeingChanged, NotNow
from pledges.employers.forms import Content
from pledges.employers.kinds import SORTS, says, sort_of
from pledges.employers.models import Action, Proposal
from pledges.models import Organisation, User

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
    file: Checked | None = None,
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
                upload=uploads.keep(file) if file else None,
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
def reword(proposal: Proposal, by: User, content: Content, file: Checked | None = None) -> Proposal:
    """Say something else. Whoever saves it vouches for it, and so does not approve it.

    Raises NotNow for what was sent or approved meanwhile.
    """
    found = _lock(proposal, State.DRAFT, State.RETURNED)
    found.content, found.made_by = content, by
    if file:
        found.upload = uploads.keep(file)
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
