"""Every write of a pledge: made, corrected, done, withdrawn, liked, joined."""

import datetime
import uuid

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.core.errors import GeoError, NotFound, PlaceNotFound
from pledges.accounts import confirmation as confirming
from pledges.accounts.models import Confirmation, User
from pledges.accounts.permissions import in_domains, may_approve
from pledges.certificates.actions import keep_as_withdrawn, withdraw_certificates
from pledges.certificates.models import Certificate
from pledges.organisations.models import Organisation
from pledges.pledging.models import Join, Like, Pledge, PledgeCounts, Theme
from pledges.pledging.public_place import public_place
from pledges.pledging.screening import screen_pledge
from pledges.reminders.models import Reminder
from pledges.stories.models import Story


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

    `unlisted` is what an organisation is called that the list has not; an operator settles
    which one it is, see `pledges.organisations.unlisted`. `outcode` and `region` are what the
    person's place was resolved to; what `show` does not ask for is forgotten here. `confirmed`
    says that nobody needs to be asked any more: otherwise `verify` follows. Raises BadParameter
    or PlaceNotFound
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


@transaction.atomic
def mark_done(pledge: Pledge) -> Pledge:
    """Say that a pledge is done; saying it twice keeps the first moment."""
    Pledge.objects.filter(pk=pledge.pk, done_at__isnull=True).update(done_at=Now())
    pledge.refresh_from_db()
    return pledge


@transaction.atomic
def mark_not_done(pledge: Pledge) -> Pledge:
    """Take it back that a pledge is done; so its certificate is taken back."""
    Pledge.objects.filter(pk=pledge.pk, done_at__isnull=False).update(done_at=None)
    withdraw_certificates(pledge, None)
    pledge.refresh_from_db()
    return pledge


def mark_part_done(pledge: Pledge, person: User) -> bool:
    """A joiner did what they joined; False where they never joined, or had said so before."""
    parts = Join.objects.filter(pledge=pledge, person=person, done_at__isnull=True)
    return bool(parts.update(done_at=Now()))


@transaction.atomic
def mark_part_not_done(pledge: Pledge, person: User) -> bool:
    """Take it back that a joiner did their part; False where there is nothing to take back."""
    part = Join.objects.filter(pledge=pledge, person=person, done_at__isnull=False).first()
    if not part:
        return False
    Join.objects.filter(pk=part.pk).update(done_at=None)
    withdraw_certificates(pledge, part)
    return True


@transaction.atomic
def correct(pledge: Pledge, text: str) -> Pledge:
    """Word a pledge anew. What was joined stays as it was joined, and the correction shows.

    A wording that tells too much waits for a moderator; a clean one waits no longer.
    """
    found = Pledge.objects.select_for_update(no_key=True).get(pk=pledge.pk)
    if text != found.text:
        found.text = text
        if Join.objects.filter(pledge=found).exists():
            found.corrected_at = Now()
        found.save(update_fields=["text", "corrected_at"])
        if found.verified_at:
            screen_pledge(found)
            publish_if_ready(found)
    pledge.refresh_from_db()
    return pledge


@transaction.atomic
def withdraw(pledge: Pledge) -> Pledge:
    """Take a pledge out of public view; whoever joined it keeps a copy as a pledge of their own.

    The row stays, and the counts follow.
    """
    found = Pledge.objects.select_for_update(no_key=True).get(pk=pledge.pk)
    if found.withdrawn_at is None:
        joins = list(Join.objects.filter(pledge=found).select_related("person"))
        for part in joins if found.public else ():
            _keep(found, part)
        keep_as_withdrawn(joins)
        withdraw_certificates(found, None)
        Join.objects.filter(pk__in=[part.pk for part in joins]).delete()
        PledgeCounts.objects.filter(pledge=found).update(joins=0)
        Pledge.objects.filter(pk=found.pk).update(withdrawn_at=Now())
    pledge.refresh_from_db()
    return pledge


def _keep(pledge: Pledge, part: Join) -> None:
    """Write a joiner's own pledge from their part: a person's, without the author's name."""
    choices = {
        "text": part.text,
        "theme": pledge.theme,
        "author": part.person,
        "organisation": pledge.organisation,
        "due": pledge.due,
    }
    place = {"show": pledge.show, "outcode": pledge.outcode, "region": pledge.region}
    try:
        copy = make_pledge(**choices, **place)
    except PlaceNotFound:
        # The outcode ended since: the joiner's promise is worth more than its place.
        copy = make_pledge(**choices, show=Pledge.Show.NONE)
    Pledge.objects.filter(pk=copy.pk).update(
        copied_from=pledge, created_at=part.created_at, done_at=part.done_at
    )
    # What they told and got stays theirs.
    for model in (Story, Certificate, Reminder):
        model.objects.filter(join=part).update(pledge=copy, join=None)


class OwnPledge(GeoError):
    """Nobody joins or likes a pledge of their own."""

    code = "own-pledge"

    def __init__(self) -> None:
        super().__init__(_("This pledge is your own."))


@transaction.atomic
def like(pledge: Pledge, person: User) -> bool:
    """Like a pledge; False where the person does already. Raises NotFound, OwnPledge."""
    found = _locked(pledge, person)
    _like, new = Like.objects.get_or_create(pledge=found, person=person)
    _count(found, likes=int(new))
    return new


@transaction.atomic
def unlike(pledge: Pledge, person: User) -> bool:
    """Take a like back; False where there was none."""
    gone, _each = Like.objects.filter(pledge=pledge, person=person).delete()
    _count(pledge, likes=-gone)
    return bool(gone)


@transaction.atomic
def join(pledge: Pledge, person: User) -> bool:
    """Make the pledge the person's own too, as it is worded now; False where they have already.

    Raises NotFound for a pledge that is not public, OwnPledge for its author.
    """
    found = _locked(pledge, person)
    _join, new = Join.objects.get_or_create(
        pledge=found, person=person, defaults={"text": found.text}
    )
    _count(found, joins=int(new))
    return new


@transaction.atomic
def leave(pledge: Pledge, person: User) -> bool:
    """Take a joining back; False where there was none."""
    joined = list(Join.objects.filter(pledge=pledge, person=person))
    keep_as_withdrawn(joined)
    # Their story goes with the row, so what was deleted is counted by its kind.
    gone = (
        Join.objects.filter(pk__in=[row.pk for row in joined]).delete()[1].get(Join._meta.label, 0)
    )
    _count(pledge, joins=-gone)
    return bool(gone)


def _locked(pledge: Pledge, person: User) -> Pledge:
    """The public pledge, kept as it is until the end: nobody withdraws or rewords it meanwhile."""
    found = Pledge.objects.public().select_for_update(no_key=True).filter(pk=pledge.pk).first()
    if found is None:
        raise NotFound(_("This pledge is no longer shown."))
    if found.author_id == person.pk:
        raise OwnPledge
    return found


def _count(pledge: Pledge, likes: int = 0, joins: int = 0) -> None:
    if likes or joins:
        PledgeCounts.objects.filter(pledge=pledge).update(
            likes=F("likes") + likes, joins=F("joins") + joins
        )


@confirming.doing(Confirmation.Kind.LIKE)
def _like_confirmed(confirmation: Confirmation, person: User) -> None:
    like(confirmation.pledge, person)


@confirming.doing(Confirmation.Kind.JOIN)
def _join_confirmed(confirmation: Confirmation, person: User) -> None:
    join(confirmation.pledge, person)
