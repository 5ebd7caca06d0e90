"""Who may do what: everything that asks reads the one table of grants.

What is a person's own (their pledges, joins, stories, account) needs no grant; what is anybody
else's needs one. A blocked account has none.
"""

from django.db.models import Q, QuerySet

from geo.areas.models import Area
from pledges.accounts.models import Grant, User
from pledges.moderation.models import Case
from pledges.organisations.models import Organisation

Role = Grant.Role


def may_moderate(person: User | None, *areas: Area | None) -> bool:
    """An operator, or a steward of one of these areas or of what they are a part of."""
    if not person:
        return False
    if person.is_operator:
        return True
    return Grant.objects.of(person, Role.STEWARD).over(*areas).exists()


def is_steward(person: User | None) -> bool:
    """An operator, or a steward of any area: who has a queue to look at."""
    return bool(person) and (person.is_operator or Grant.objects.of(person, Role.STEWARD).exists())


def in_care_of(person: User, rows: QuerySet) -> QuerySet:
    """Of rows with a region and a district, those in the areas that a person looks after."""
    if person.is_operator:
        return rows
    areas = list(Grant.objects.of(person, Role.STEWARD).values_list("area", flat=True))
    parts = Area.objects.filter(parent__in=areas).values("pk")
    return rows.filter(
        Q(region__in=areas) | Q(district__in=areas) | Q(region__in=parts) | Q(district__in=parts)
    )


def may_decide(person: User | None, case: Case) -> bool:
    """Who moderates where a case is counted; nobody decides of what they wrote themselves."""
    own = person is not None and case.author_id == person.pk
    return not own and may_moderate(person, case.region, case.district)


def may_block(person: User, author: User | None) -> bool:
    """Accounts that are not blocked yet; those who look after something, only by an operator."""
    if author is None or author.pk == person.pk or not author.is_active:
        return False
    return person.is_operator or not Grant.objects.of(author).exists()


def may_edit(person: User | None, organisation: Organisation) -> bool:
    """An operator, or an editor or approver of this organisation."""
    return _of_organisation(person, organisation, Role.EDITOR, Role.APPROVER)


def may_approve(person: User | None, organisation: Organisation) -> bool:
    """An operator, an approver of it, or somebody with an address in one of its domains."""
    if not person or not person.is_active:
        return False
    if in_domains(person.email, organisation):
        return True
    return _of_organisation(person, organisation, Role.APPROVER)


def in_domains(email: str, organisation: Organisation) -> bool:
    """Whether the address is of one of the organisation's domains, or of a part of one."""
    host = email.rpartition("@")[2].lower()
    domains = (domain.lower() for domain in organisation.email_domains)
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def needs_second_factor(person: User) -> bool:
    """Operators and stewards sign in with a second factor: what they can do reaches others."""
    return Grant.objects.of(person, Role.OPERATOR, Role.STEWARD).exists()


def _of_organisation(person: User | None, organisation: Organisation, *roles: str) -> bool:
    if not person:
        return False
    if person.is_operator:
        return True
    return Grant.objects.of(person, *roles).filter(organisation=organisation).exists()
