"""Making a pledge: written at once, seen once its author, and its organisation, stand by it."""

import datetime
import uuid

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from geo.models import Area
from pledges import confirming
from pledges.actions.screening import screen_pledge
from pledges.models import Confirmation, Organisation, Pledge, PledgeCounts, Theme, User
from pledges.permissions import in_domains, may_approve
from pledges.places import public_place


@transaction.atomic
def make_pledge(
    *,
    text: str,
    theme: Theme,
    show: Pledge.Show,
    who: Pledge.Who = Pledge.Who.PERSON,
    i_am: Pledge.IAm | None = None,
    display_name: str = "",
    team: str = "",
    author: User | None = None,
    organisation: Organisation | None = None,
    unlisted: str = "",
    outcode: str = "",
    region: Area | None = None,
    due: datetime.date | None = None,
    contactable: bool = False,
    form_key: uuid.UUID | None = None,
    confirmed: bool = True,
) -> Pledge:
    """Make a pledge, shown where the person chose.

    `unlisted` is what an organisation is called that the list has not; an operator settles which
    one it is, see `pledges.actions.settling`. `outcode` and `region` are what the person's place
    was resolved to; what `show` does not ask for is forgotten here. `confirmed` says that nobody
    needs to be asked any more: otherwise `verify` follows. Raises BadParameter or PlaceNotFound
    where it cannot be shown, IntegrityError where the same form was sent before. The counts follow
    with the next fold.
    """
    now = timezone.now()
    key = next_key(Pledge._meta.db_table)
    place = public_place(show, key, organisation=organisation, outcode=outcode, region=region)
    pledge = Pledge(
        pk=key,
        text=text,
        theme=theme,
        who=who,
        i_am=i_am,
        display_name=display_name,
        team=team,
        author=author,
        organisation=organisation,
        unlisted=unlisted,
        show=show,
        location=place.location,
        district=place.district,
        region=place.region,
        outcode=place.outcode,
        due=due,
        contactable=contactable,
        form_key=form_key,
        created_at=now,
        verified_at=now if confirmed else None,
        approved_at=now if confirmed and who == Pledge.Who.ORGANISATION else None,
        confirmed_at=now if confirmed else None,
    )
    pledge.save(force_insert=True)
    PledgeCounts.objects.create(pledge=pledge)
    return pledge


def next_key(table: str) -> int:
    """Take the next number of a row: its place is drawn by it before the row is written."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        return cursor.fetchone()[0]


@transaction.atomic
def verify(pledge: Pledge, author: User) -> Pledge:
    """The author stands by the pledge: an address of the organisation's own approves it as well."""
    new = Pledge.objects.filter(pk=pledge.pk, verified_at__isnull=True).update(
        verified_at=Now(), author=author
    )
    pledge.refresh_from_db()
    if new:
        screen_pledge(pledge)
    whole = pledge.who == Pledge.Who.ORGANISATION and pledge.organisation
    if whole and pledge.author == author and may_approve(author, pledge.organisation):
        return approve(pledge, author)
    return publish_if_ready(pledge)


@transaction.atomic
def approve(pledge: Pledge, person: User) -> Pledge:
    """Let a pledge speak for the whole organisation. Raises PermissionDenied for a stranger."""
    whole = pledge.who == Pledge.Who.ORGANISATION and pledge.organisation
    if not whole or not may_approve(person, pledge.organisation):
        raise PermissionDenied
    Pledge.objects.filter(pk=pledge.pk, approved_at__isnull=True).update(approved_at=Now())
    return publish_if_ready(pledge)


@transaction.atomic
def ask_for_approval(pledge: Pledge, email: str) -> None:
    """Ask a colleague by mail. Raises PermissionDenied for an address outside the domains."""
    if not pledge.organisation or not in_domains(email, pledge.organisation):
        raise PermissionDenied
    confirming.ask(Confirmation.Kind.APPROVE, email, pledge, pledge.organisation)


@transaction.atomic
def publish_if_ready(pledge: Pledge) -> Pledge:
    """Show a pledge once nothing is waited for any more; nothing else ever does."""
    ready = Pledge.objects.filter(
        ~Q(who=Pledge.Who.ORGANISATION) | Q(approved_at__isnull=False),
        pk=pledge.pk,
        verified_at__isnull=False,
        held_at__isnull=True,
        confirmed_at__isnull=True,
    )
    ready.update(confirmed_at=Now())
    pledge.refresh_from_db()
    return pledge


@confirming.doing(Confirmation.Kind.PLEDGE)
def _author_answered(confirmation: Confirmation, person: User) -> None:
    verify(confirmation.pledge, person)


@confirming.doing(Confirmation.Kind.APPROVE)
def _colleague_answered(confirmation: Confirmation, person: User) -> None:
    approve(confirmation.pledge, person)
