"""Every write of a hub: messages and answers, its team, its texts."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geo.core.errors import GeoError
from hubs.hub import mail_tasks
from hubs.hub.models import Hub, HubAnswer, HubMessage, Invitation
from hubs.hub.permissions import may_run
from pledges.accounts import confirmation as confirming
from pledges.accounts import rate_limits
from pledges.accounts.confirmation_kinds import Asked
from pledges.accounts.models import Confirmation, Grant, User

FROM_ADDRESS = rate_limits.Limit("hub-messages-from-address", 5, 3600)
FROM_NETWORK = rate_limits.Limit("hub-messages-from-network", 60, 3600)


@transaction.atomic
def write_message(
    hub: Hub,
    *,
    text: str,
    email: str,
    form_key: uuid.UUID,
    network: str,
    name: str = "",
    sender: User | None = None,
) -> HubMessage:
    """Store a message and notify the hub, once for each `form_key`.

    `network` is `rate_limits.network` of the sender. Raises TooMany.
    """
    if known := HubMessage.objects.filter(form_key=form_key).first():
        return known
    rate_limits.take(FROM_NETWORK, network)
    rate_limits.take(FROM_ADDRESS, email.lower())
    message, new = HubMessage.objects.get_or_create(
        form_key=form_key,
        defaults={"hub": hub, "text": text, "email": email, "name": name, "sender": sender},
    )
    if new:
        mail_tasks.send_notice.enqueue(message.pk)
    return message


@transaction.atomic
def answer_message(message: HubMessage, author: User, text: str, form_key: uuid.UUID) -> HubAnswer:
    """Answer a message by mail, and close it."""
    answer, new = HubAnswer.objects.get_or_create(
        form_key=form_key, defaults={"message": message, "author": author, "text": text}
    )
    if new:
        _close(message)
        mail_tasks.send_answer.enqueue(answer.pk)
    return answer


@transaction.atomic
def close_message(message: HubMessage) -> None:
    """Close a message without an answer."""
    _close(message)


@transaction.atomic
def reopen_message(message: HubMessage) -> None:
    """Put a closed message back among those that wait."""
    HubMessage.objects.filter(pk=message.pk).update(closed_at=None)


def _close(message: HubMessage) -> None:
    HubMessage.objects.filter(pk=message.pk).update(closed_at=timezone.now())


KIND = "steward"  # of confirmations
LIFE = confirming.LIVES[Confirmation.Kind.PLEDGE]
INVITATIONS = rate_limits.Limit("invitations-of-hub", 30, 86_400)


class NoAreas(GeoError):
    """A hub that serves no area can have no stewards."""

    code = "no-areas"

    def __init__(self) -> None:
        super().__init__(_("This hub serves no area yet, so it can have no stewards."))


@transaction.atomic
def invite(hub: Hub, email: str, by: User) -> Invitation:
    """Invite somebody by mail into a hub's team; this revokes an earlier invitation.

    Raises TooMany, or NoAreas.
    """
    if not hub.areas.exists():
        raise NoAreas
    rate_limits.take(INVITATIONS, str(hub.pk))
    for earlier in hub.invitations.open().filter(email__iexact=email):
        revoke_invitation(earlier)
    invitation = Invitation.objects.create(
        hub=hub, email=email.lower(), invited_by=by, expires_at=timezone.now() + LIFE
    )
    confirming.ask(KIND, email, subject=invitation)
    return invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation) -> None:
    """Revoke an invitation that is still open."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.is_open:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])


@transaction.atomic
def remove_member(hub: Hub, member: User) -> None:
    """Delete a steward's grants for a hub's areas, and tell them by mail."""
    grants = list(
        Grant.objects.filter(
            person=member, role=Grant.Role.STEWARD, area__in=hub.areas.values("pk")
        )
    )
    # One by one, so that each is written into the audit trail.
    for grant in grants:
        grant.delete()
    if grants:
        mail_tasks.send_farewell.enqueue(hub.pk, member.email)


def _invitation(confirmation: Confirmation) -> Invitation:
    if not isinstance(confirmation.subject, Invitation):
        raise confirming.NotConfirmed
    return confirmation.subject


def _accept(confirmation: Confirmation, person: User) -> None:
    """Make a person a steward, if the invitation is open and its sender still runs the hub."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("hub", "invited_by")
    invitation = rows.filter(pk=_invitation(confirmation).pk).first()
    if not invitation or not invitation.is_open:
        raise confirming.NotConfirmed
    if not may_run(invitation.invited_by, invitation.hub):
        raise confirming.NotConfirmed
    for area in invitation.hub.areas.without_boundaries():
        Grant.objects.get_or_create(
            person=person,
            role=Grant.Role.STEWARD,
            area=area,
            organisation=None,
            defaults={"given_by": invitation.invited_by},
        )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])


def _team_of(confirmation: Confirmation) -> str:
    """The page of the team, which asks new stewards to set up their second factor first."""
    return _invitation(confirmation).hub.team_address


INVITATION = Asked(
    subject=gettext_lazy("Will you look after a hub?"),
    first=gettext_lazy(
        "You are asked to join the team of a hub on Changemap: to answer what people write to it,"
        " to keep its pages up to date, and to look after what is pledged in its area."
    ),
    question=gettext_lazy("Will you look after this hub?"),
    button=gettext_lazy("Yes, I join the team"),
    template="hubs/hub/invited.html",
    work=_accept,
    after=_team_of,
    kind="steward",
    life=LIFE,
)


@transaction.atomic
def update_hub(hub: Hub, texts: Mapping[str, str]) -> Hub:
    """Save what a team wrote of its hub; `load_hubs` leaves it alone from now on."""
    found = Hub.objects.select_for_update().get(pk=hub.pk)
    for name, value in texts.items():
        setattr(found, name, value)
    found.edited_at = timezone.now()
    found.save(update_fields=[*texts, "edited_at"])
    return found
