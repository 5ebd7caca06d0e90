"""Who may look after a hub: the stewards of all that it serves, and operators."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from geo.areas.models import Area
from hubs.hub.models import Hub, HubQuerySet
from pledges.accounts.models import Grant, User


def hubs_of(person: User | None) -> HubQuerySet:
    """The hubs that a person looks after, by name; all of them for an operator.

    Whoever looks after one of two areas that a hub serves has no say in the other.
    """
    if not person or not person.is_active:
        return Hub.objects.none()
    if person.is_operator:
        return Hub.objects.all()
    held = Grant.objects.of(person, Grant.Role.STEWARD).values("area")
    served = Area.objects.filter(hubs=OuterRef("pk"))
    theirs = Q(pk__in=held) | Q(parent__in=held)
    return Hub.objects.filter(Exists(served), ~Exists(served.exclude(theirs)))


def may_run(person: User | None, hub: Hub | None) -> bool:
    """Whether a person may act for a hub; for all of them together (None), operators alone."""
    if not person or not person.is_active:
        return False
    if hub is None:
        return person.is_operator
    return hubs_of(person).filter(pk=hub.pk).exists()


def team_of(hub: Hub) -> QuerySet[User]:
    """Those with grants of their own for the areas of a hub, by name and address."""
    held = Grant.objects.filter(role=Grant.Role.STEWARD, area__in=hub.areas.values("pk"))
    return User.objects.filter(pk__in=held.values("person"), is_active=True).order_by(
        "name", "email"
    )
