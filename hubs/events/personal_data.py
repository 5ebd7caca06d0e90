"""What events keep of people: shown to them, taken away by them, forgotten in time."""

import datetime
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.events.actions import give_up
from hubs.events.links import place_address
from hubs.events.models import Announcement, Answer, Event, Registration
from pledges.accounts.models import User
from pledges.accounts.personal_data import Keeper, Overdue, Shelf

KEPT = datetime.timedelta(days=90)  # after the end of the event
UNCONFIRMED_KEPT = datetime.timedelta(days=7)
# Who came is counted after that, and nobody is named.
NOBODY = {"name": "", "email": "", "person": None, "code": ""}


class Events(Keeper):
    """Registrations of people, with their answers."""

    def shelf(self, person: User) -> Shelf | None:
        rows = self._of(person).filter(state__in=Registration.ACTIVE)
        places = [(row, place_address(row)) for row in rows]
        return (
            Shelf(_("Events I registered for"), "hubs/events/mine.html", places) if places else None
        )

    def everything(self, person: User) -> Mapping[str, object]:
        return {"events": [_told(row) for row in self._of(person).prefetch_related("answers")]}

    def leave(self, person: User, *, keep: bool) -> None:
        """Give up the places of what is to come, and forget who had the others."""
        unanswered = Registration.objects.filter(state=Registration.State.UNCONFIRMED)
        unanswered.filter(email=person.email.lower()).delete()
        rows = Registration.objects.of(person).select_related("event")
        for row in rows.filter(state__in=Registration.ACTIVE).order_by("event", "pk"):
            if not row.event.started:
                give_up(row)
        Answer.objects.filter(registration__in=rows).delete()
        keys = list(rows.values_list("pk", flat=True))
        Registration.objects.filter(pk__in=keys).update(**NOBODY)

    def overdue(self) -> list[Overdue]:
        now = timezone.now()
        over = Registration.objects.filter(event__ends_at__lt=now - KEPT)
        unanswered = Registration.objects.filter(
            state=Registration.State.UNCONFIRMED, created_at__lt=now - UNCONFIRMED_KEPT
        )
        answers = Answer.objects.filter(registration__in=over)
        told = Announcement.objects.filter(event__ends_at__lt=now - KEPT)
        return [
            Overdue(
                _("Registrations for events that nobody confirmed"),
                unanswered,
                kept=UNCONFIRMED_KEPT,
            ),
            Overdue(_("Answers to the organisers of an event, after it"), answers, kept=KEPT),
            Overdue(
                _("Names and addresses of those at an event, after it"),
                over.exclude(email=""),
                NOBODY,
                kept=KEPT,
            ),
            Overdue(_("What organisers wrote to those at an event, after it"), told, kept=KEPT),
        ]

    def remove_demo(self) -> None:
        Event.objects.filter(demo=True).delete()

    def _of(self, person: User):
        rows = Registration.objects.of(person).select_related("event")
        return rows.order_by("event__starts_at", "pk")


def _told(row: Registration) -> dict[str, object]:
    return {
        "event": row.event.title,
        "starts_at": row.event.starts_at,
        "name": row.name,
        "state": row.state,
        "registered_at": row.created_at,
        "cancelled_at": row.cancelled_at,
        "checked_in_at": row.checked_in_at,
        "answers": [answer.text for answer in row.answers.all()],
    }
