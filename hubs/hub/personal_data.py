"""Personal data of hubs: messages and invitations, shown, deleted and removed in time."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hubs.hub.models import RETENTION, HubMessage, Invitation
from hubs.hub.permissions import hubs_of
from hubs.resources.models import Resource
from pledges.accounts.confirmation import LIVES
from pledges.accounts.models import Confirmation, User
from pledges.accounts.personal_data import Keeper, Overdue, Shelf

INVITATION_RETENTION = LIVES[Confirmation.Kind.PLEDGE]


class Teams(Keeper):
    """The hubs that somebody runs, for their page alone."""

    def shelf(self, person: User) -> Shelf | None:
        hubs = hubs_of(person)
        return Shelf(_("Hubs I look after"), "hubs/hub/mine/teams.html", hubs) if hubs else None

    def first_page(self, person: User) -> str | None:
        """The team's page, for stewards; operators have no hub of their own."""
        hub = None if person.is_operator else hubs_of(person).first()
        return hub and hub.team_address


class Messages(Keeper):
    """Messages to hubs, with the answers."""

    def shelf(self, person: User) -> Shelf | None:
        rows = self._of(person)
        title = _("What I wrote to hubs")
        return Shelf(title, "hubs/hub/mine/messages.html", rows) if rows else None

    def everything(self, person: User) -> Mapping[str, object]:
        return {"messages_to_hubs": [_record(row) for row in self._of(person)]}

    def leave(self, person: User, *, keep: bool) -> None:
        HubMessage.objects.of(person).delete()

    def overdue(self) -> list[Overdue]:
        rows = HubMessage.objects.overdue()
        return [Overdue(_("Messages to hubs, after the last word"), rows, kept=RETENTION)]

    def _of(self, person: User) -> list[HubMessage]:
        rows = HubMessage.objects.of(person).select_related("hub")
        return list(rows.prefetch_related("answers"))


class Invitations(Keeper):
    """Addresses that were invited into a team."""

    def everything(self, person: User) -> Mapping[str, object]:
        rows = Invitation.objects.filter(email__iexact=person.email).select_related("hub")
        return {
            "invitations": [
                {"hub": row.hub.name, "sent_at": row.created_at, "accepted_at": row.accepted_at}
                for row in rows
            ]
        }

    def leave(self, person: User, *, keep: bool) -> None:
        Invitation.objects.filter(email__iexact=person.email).delete()

    def overdue(self) -> list[Overdue]:
        before = timezone.now() - INVITATION_RETENTION
        rows = Invitation.objects.filter(expires_at__lt=before)
        return [
            Overdue(
                _("Invitations into the team of a hub, after they ended"),
                rows,
                kept=INVITATION_RETENTION,
            )
        ]


class Resources(Keeper):
    """No personal data: only demo content to remove."""

    def remove_demo(self) -> None:
        Resource.objects.filter(demo=True).delete()


def _record(row: HubMessage) -> dict[str, object]:
    return {
        "hub": row.hub.name,
        "name": row.name,
        "email": row.email,
        "text": row.text,
        "sent_at": row.created_at,
        "answers": [
            {"text": answer.text, "sent_at": answer.sent_at} for answer in row.answers.all()
        ],
    }
