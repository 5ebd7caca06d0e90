"""Liking and joining a pledge: once a person, with undo; the counts are exact at each commit."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from geo.errors import GeoError, NotFound
from pledges import confirming
from pledges.actions.certifying import keep_as_withdrawn
from pledges.models import Confirmation, Join, Like, Pledge, PledgeCounts, User


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
