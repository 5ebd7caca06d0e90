"""Who may do what for an employer, and how often."""

from django.db.models import QuerySet
from django.http import HttpRequest

from pledges.accounts.models import Grant, User
from pledges.accounts.permissions import may_edit
from pledges.accounts.rate_limits import Limit, network, take
from pledges.employers.models.proposals import Proposal
from pledges.organisations.models import Organisation

PROPOSALS = Limit("proposals-from-person", 200, 3600)
# Each takes a second to render; a classroom of recruits is behind one network.
PDFS = Limit("employer-papers-from-network", 60, 600)
Role = Grant.Role


def limit_proposals(person: User) -> None:
    """Count one more proposal of this person. Raises TooMany."""
    take(PROPOSALS, str(person.pk))


def limit_pdfs(request: HttpRequest) -> None:
    """Count one more PDF for this network. Raises TooMany."""
    take(PDFS, network(request))


def may_write(person: User | None, organisation: Organisation) -> bool:
    """Editors and approvers of this organisation, and operators: they see its drafts too."""
    return person is not None and person.is_active and may_edit(person, organisation)


def may_publish(person: User, organisation: Organisation) -> bool:
    """Approvers of this organisation, and operators: they have its queue."""
    if not person.is_active:
        return False
    return person.is_operator or _approvers(organisation).filter(person=person).exists()


def may_decide(person: User, proposal: Proposal) -> bool:
    """Whether they may approve or return this one, if it is sent.

    Nobody decides on their own proposal, unless the organisation has no other approver.
    """
    if not may_publish(person, proposal.organisation):
        return False
    own = proposal.made_by_id == person.pk
    return not own or not _approvers(proposal.organisation).exclude(person=person).exists()


def organisations_of(person: User) -> list[Organisation]:
    """The organisations that a person has a grant to write for, by name."""
    grants = Grant.objects.of(person, Role.EDITOR, Role.APPROVER).values("organisation")
    return list(Organisation.objects.filter(pk__in=grants).order_by("name"))


def _approvers(organisation: Organisation) -> QuerySet[Grant]:
    rows = Grant.objects.filter(role=Role.APPROVER, organisation=organisation)
    return rows.filter(person__is_active=True)
