"""Who may do what for an employer, by the one table of grants.

Editors and approvers of an organisation write for it, operators for all. What was written becomes
public by a second pair of eyes: nobody approves what they saved themselves. An organisation that
has one approver and nobody beside could then publish nothing, so that one person may, and the
history shows one name twice. An address in the organisation's domain, which is enough to stand by
a colleague's pledge, is not enough here: this is the board's word.
"""

from pledges.employers.models import Proposal
from pledges.models import Grant, Organisation, User
from pledges.permissions import may_edit

Role = Grant.Role


def may_write(person: User | None, organisation: Organisation) -> bool:
    """Editors and approvers of this organisation, and operators: they see its drafts too."""
    return bool(person) and person.is_active and may_edit(person, organisation)


def may_publish(person: User | None, organisation: Organisation) -> bool:
    """Approvers of this organisation, and operators: they have its queue."""
    if not person or not person.is_active:
        return False
    return person.is_operator or _approvers(organisation).filter(person=person).exists()


def may_decide(person: User | None, proposal: Proposal) -> bool:
    """Whether somebody may approve or return this one, if it was sent."""
    if not may_publish(person, proposal.organisation):
        return False
    own = proposal.made_by_id == person.pk
    return not own or not _approvers(proposal.organisation).exclude(person=person).exists()


def looks_after(person: User) -> list[Organisation]:
    """The organisations that a person writes for, by name; an operator's own alone."""
    held = Grant.objects.of(person, Role.EDITOR, Role.APPROVER).values("organisation")
    return list(Organisation.objects.filter(pk__in=held).order_by("name"))


def _approvers(organisation: Organisation):
    rows = Grant.objects.filter(role=Role.APPROVER, organisation=organisation)
    return rows.filter(person__is_active=True)
