"""Confirming by mail a registration for an event."""

from django.utils.translation import gettext_lazy as _

from hubs.events.actions import confirm_registration
from hubs.events.models import Registration
from pledges.accounts.confirmation import NotConfirmed
from pledges.accounts.confirmation_kinds import Asked
from pledges.accounts.models import Confirmation, User


def _registration(confirmation: Confirmation) -> Registration:
    if not isinstance(confirmation.subject, Registration):
        raise NotConfirmed
    return confirmation.subject


def _confirm(confirmation: Confirmation, person: User) -> None:
    confirm_registration(_registration(confirmation), person)


def _after(confirmation: Confirmation) -> str:
    """The page of the place: of the earlier registration, if there was one."""
    registrations = _registration(confirmation).event.registrations
    return registrations.active().get(email=confirmation.email).get_absolute_url()


PLACE = Asked(
    subject=_("Confirm that you want to come"),
    first=_(
        "Somebody registered for an event on Changemap with this e-mail address. If it was you,"
        " confirm it: until then no place is kept."
    ),
    question=_("Do you want to come to this event?"),
    button=_("Yes, register me"),
    template="hubs/events/confirmation.html",
    work=_confirm,
    after=_after,
    kind="event",
)
