"""Who may run a hub: the stewards of all the areas that it serves, and operators."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from geo.areas.models import Area
from hubs.hub.models import Hub, HubQuerySet
from pledges.accounts import second_factor
from pledges.accounts.models import Grant, User
from pledges.accounts.typing import SignedInRequest

View = Callable[..., HttpResponseBase]
READS = ("GET", "HEAD")
FORM = (*READS, "POST")


def hubs_of(person: User | None) -> HubQuerySet:
    """The hubs that a person may run, by name; all of them for an operator.

    A steward needs grants for every area that a hub serves.
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
    """Whether a person may run a hub; what belongs to all hubs (None), operators alone."""
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


def team_page(*methods: str) -> Callable[[View], View]:
    """Guard a page of a hub's team: `view(request, hub, ...)` gets the hub in place of its slug.

    An address without a slug is of what belongs to all hubs: for operators, with None as the hub.
    """

    def guard(view: View) -> View:
        @never_cache
        @require_http_methods(methods)
        @second_factor.required
        @wraps(view)
        def guarded(
            request: SignedInRequest, *args: Any, slug: str | None = None, **kwargs: Any
        ) -> HttpResponseBase:
            hub = get_object_or_404(Hub, slug=slug) if slug else None
            if not may_run(request.user, hub):
                raise PermissionDenied
            return view(request, hub, *args, **kwargs)

        return guarded

    return guard
