"""What becomes of a pledge: done, corrected, withdrawn. Who may is for the caller to know."""

from django.db import transaction
from django.db.models.functions import Now

from geo.errors import PlaceNotFound
from pledges.actions.certifying import keep_as_withdrawn, withdraw_certificates
from pledges.actions.making import make_pledge, publish_if_ready
from pledges.actions.screening import screen_pledge
from pledges.models import Certificate, Join, Pledge, PledgeCounts, Reminder, Story, User


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
