"""Settling which organisation was meant, where the list did not have what somebody typed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.db.models.functions import Upper
from django.utils.text import slugify

from pledges.accounts.audit import note
from pledges.accounts.models import User
from pledges.organisations.models import Organisation, SetAside
from pledges.pledging.models import Pledge

LONGEST_SLUG = 100


def waiting() -> QuerySet:
    """Names that wait for an operator, the most used first, each with `name` and `pledges`."""
    aside = SetAside.objects.annotate(upper=Upper("name")).filter(upper=OuterRef("upper"))
    return (
        Pledge.objects.filter(unlisted__gt="", withdrawn_at__isnull=True)
        .annotate(upper=Upper("unlisted"))
        .order_by()
        .values("upper")
        .annotate(name=Min("unlisted"), pledges=Count("pk"))
        .exclude(Exists(aside))
        .order_by("-pledges", "upper")
    )


@transaction.atomic
def settle(pledge: Pledge, organisation: Organisation, person: User) -> int:
    """Say which organisation a pledge means, and with it all that called it so; return how many.

    They are shown as its own from then on, where they were before; one for the whole organisation
    still waits for the approval of somebody there. Raises PermissionDenied but for an operator.
    """
    settled = settle_name(pledge.unlisted, organisation, person)
    pledge.refresh_from_db()
    return settled


@transaction.atomic
def settle_name(name: str, organisation: Organisation, person: User) -> int:
    """As `settle`, for all pledges that have a name, however it is capitalised."""
    _must_be_operator(person)
    named = Pledge.objects.filter(unlisted__gt="", unlisted__iexact=name)
    settled = named.update(organisation=organisation, unlisted="")
    if settled:
        note(organisation, "settled", name=name, pledges=settled)
    return settled


@transaction.atomic
def settle_as_new(name: str, kind: str, person: User) -> int:
    """Make an organisation of this name, without code or place, and settle the pledges on it.

    Returns how many. Raises ValidationError for a name that is none, PermissionDenied as `settle`.
    """
    _must_be_operator(person)
    organisation = Organisation(slug=_free_slug(name), name=name, kind=kind)
    organisation.full_clean(exclude=["location"])
    organisation.save()
    return settle_name(name, organisation, person)


@transaction.atomic
def set_aside(name: str, person: User) -> None:
    """Leave a name as people typed it: it stays on their pledges, and waits no longer."""
    _must_be_operator(person)
    row, _new = SetAside.objects.get_or_create(
        name__iexact=name, defaults={"name": name, "by": person}
    )
    note(row, "set aside", name=name)


def _must_be_operator(person: User) -> None:
    if not person.is_operator:
        raise PermissionDenied


def _free_slug(name: str) -> str:
    first = slugify(name)[:LONGEST_SLUG] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    slug, number = first, 2
    while slug in taken:
        slug, number = f"{first}-{number}", number + 1
    return slug
