"""Who may do what for an employer, and how often."""

from django.http import HttpRequest

from pledges.accounts.models import Grant, User
from pledges.accounts.permissions import may_edit
from pledges.accounts.rate_limits import Limit, network, take
from pledges.employers.models.proposals import Proposal
from pledges.organisations.models import Organisation

PROPOSALS = Limit("proposals-from-person", 200, 3600)
# Each takes a second to draw; a classroom of recruits sits behind one network.
PAPERS = Limit("employer-papers-from-network", 60, 600)


def writing(who: User) -> None:
    """Count one more proposal. Raises TooMany."""
    take(PROPOSALS, str(who.pk))


def printing(request: HttpRequest) -> None:
    """Count one more paper for this network. Raises TooMany."""
    take(PAPERS, network(request))


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
