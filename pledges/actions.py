"""Every write of pledges that a person causes, each in one transaction."""

import datetime

from django.db import connection, transaction
from django.utils import timezone

from geo.models import Area
from pledges.models import Organisation, Pledge, PledgeCounts, Theme, User
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
    outcode: str = "",
    region: Area | None = None,
    due: datetime.date | None = None,
    confirmed: bool = True,
) -> Pledge:
    """Make a pledge, shown where the person chose.

    `outcode` and `region` are what the person's place was resolved to; what `show` does not ask
    for is forgotten here. Raises BadParameter or PlaceNotFound where it cannot be shown. The
    counts follow with the next fold.
    """
    now = timezone.now()
    key = _next_key()
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
        show=show,
        location=place.location,
        district=place.district,
        region=place.region,
        outcode=place.outcode,
        due=due,
        created_at=now,
        confirmed_at=now if confirmed else None,
    )
    pledge.save(force_insert=True)
    PledgeCounts.objects.create(pledge=pledge)
    return pledge


def _next_key() -> int:
    """Take the next number of a pledge: its place is drawn by it before the row is written."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('pledges_pledge', 'id'))")
        return cursor.fetchone()[0]


@transaction.atomic
def mark_done(pledge: Pledge) -> Pledge:
    """Say that a pledge is done; saying it twice keeps the first moment."""
    Pledge.objects.filter(pk=pledge.pk, done_at__isnull=True).update(done_at=timezone.now())
    pledge.refresh_from_db()
    return pledge


@transaction.atomic
def withdraw(pledge: Pledge) -> Pledge:
    """Take a pledge out of public view; the row stays, and the counts follow."""
    Pledge.objects.filter(pk=pledge.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    pledge.refresh_from_db()
    return pledge


@transaction.atomic
def remove_demo() -> int:
    """Remove every demo pledge and demo person; return how many pledges there were."""
    removed = Pledge.objects.filter(demo=True)
    PledgeCounts.objects.filter(pledge__demo=True)._raw_delete("default")
    count = removed._raw_delete("default")
    User.objects.filter(demo=True).delete()
    return count
