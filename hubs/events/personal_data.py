"""Personal data of events: shown to its people, deleted with their account, removed in time."""

import datetime
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.events.actions import cancel_registration
from hubs.events.models import Announcement, Answer, Event, Registration, RegistrationQuerySet
from pledges.accounts.models import User
from pledges.accounts.personal_data import Keeper, Overdue, Shelf

RETENTION = datetime.timedelta(days=90)  # after the end of the event
UNCONFIRMED_RETENTION = datetime.timedelta(days=7)
# The rows stay after that, to be counted, and name nobody.
ANONYMOUS = {"name": "", "email": "", "person": None, "code": ""}


class Events(Keeper):
    """Registrations of people, with their answers."""

    def shelf(self, person: User) -> Shelf | None:
        rows = list(self._of(person).active())
        return Shelf(_("Events I registered for"), "hubs/events/mine.html", rows) if rows else None

    def everything(self, person: User) -> Mapping[str, object]:
        return {"events": [_record(row) for row in self._of(person).prefetch_related("answers")]}

    def leave(self, person: User, *, keep: bool) -> None:
        """Give up places at events to come; make all other registrations anonymous."""
        unanswered = Registration.objects.filter(state=Registration.State.UNCONFIRMED)
        unanswered.filter(email=person.email.lower()).delete()
        rows = Registration.objects.of(person).select_related("event")
        for row in rows.filter(state__in=Registration.ACTIVE).order_by("event", "pk"):
            if not row.event.started:
                cancel_registration(row)
        Answer.objects.filter(registration__in=rows).delete()
        keys = list(rows.values_list("pk", flat=True))
        Registration.objects.filter(pk__in=keys).update(**ANONYMOUS)

    def overdue(self) -> list[Overdue]:
        now = timezone.now()
        over = Registration.objects.filter(event__ends_at__lt=now - RETENTION)
        unanswered = Registration.objects.filter(
            state=Registration.State.UNCONFIRMED, created_at__lt=now - UNCONFIRMED_RETENTION
        )
        answers = Answer.objects.filter(registration__in=over)
        sent = Announcement.objects.filter(event__ends_at__lt=now - RETENTION)
        return [
            Overdue(
                _("Registrations for events that nobody confirmed"),
                unanswered,
                kept=UNCONFIRMED_RETENTION,
            ),
            Overdue(_("Answers to the organisers of an event, after it"), answers, kept=RETENTION),
            Overdue(
                _("Names and addresses of those at an event, after it"),
                over.exclude(email=""),
                ANONYMOUS,
                kept=RETENTION,
            ),
            Overdue(
                _("What organisers wrote to those at an event, after it"), sent, kept=RETENTION
            ),
        ]

    def remove_demo(self) -> None:
        Event.objects.filter(demo=True).delete()

    def _of(self, person: User) -> RegistrationQuerySet:
        rows = Registration.objects.of(person).select_related("event")
        return rows.order_by("event__starts_at", "pk")


def _record(row: Registration) -> dict[str, object]:
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
