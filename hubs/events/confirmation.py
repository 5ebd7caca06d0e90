"""What it means to confirm, by mail, that one wants to come to an event."""

from django.utils.translation import gettext_lazy as _

from hubs.events.actions import take_place
from hubs.events.links import place_address
from hubs.events.models import Registration
from pledges.accounts.confirmation import NotConfirmed
from pledges.accounts.confirmation_kinds import Asked
from pledges.accounts.models import Confirmation, User


def _take(confirmation: Confirmation, person: User) -> None:
    if not isinstance(confirmation.subject, Registration):
        raise NotConfirmed
    take_place(confirmation.subject, person)


def _after(confirmation: Confirmation) -> str:
    """The page of the place: of the one there was before, where there was one."""
    event = confirmation.subject.event
    held = event.registrations.active().get(email=confirmation.email)
    return place_address(held)


PLACE = Asked(
    subject=_("Confirm that you want to come"),
    first=_(
        "Somebody registered for an event on Changemap with this e-mail address. If it was you,"
        " confirm it: until then no place is kept."
    ),
    question=_("Do you want to come to this event?"),
    button=_("Yes, register me"),
    template="hubs/events/asked.html",
    work=_take,
    after=_after,
    kind="event",
)
