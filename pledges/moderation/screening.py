"""Looking at a text before others see it, and opening cases about it.

    found = screen(story, text=story.text, author=person, places=(region, district))

holds the row (`held_at`) where its text seems to tell too much, and opens a case for moderators.
A text worded anew is screened anew: a clean one is held no longer.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from geo.areas.models import Area
from pledges.accounts.models import User
from pledges.moderation import contact_details
from pledges.moderation.models import Case, Decision

Why = Case.Why


@transaction.atomic
def screen(
    row: Model,
    *,
    text: str,
    author: User | None,
    places: tuple[Area | None, Area | None],
    first: bool = False,
) -> list[contact_details.Found]:
    """Hold a row, or let it go, by what its text tells; return what was found.

    `first`: its author never had anything in view, so that a text full of links waits too. Call it
    in the transaction that writes the text. What is hidden by a moderator stays as it is: only
    they let it into view again. The row is refreshed.
    """
    locked = type(row).objects.select_for_update(no_key=True).get(pk=row.pk)
    found = contact_details.telling(text)
    links = first and contact_details.full_of_links(text)
    if locked.hidden_at is None:
        if found or links:
            mark = locked.held_at or timezone.now()
            type(row).objects.filter(pk=row.pk).update(held_at=mark)
            open_case(row, Why.CONTACT if found else Why.LINKS, text, author, places)
        elif locked.held_at:
            type(row).objects.filter(pk=row.pk).update(held_at=None)
            _mended(row, text)
    row.refresh_from_db()
    return found or (contact_details.find(text) if links else [])


def open_case(
    row: Model, why: Why, text: str, author: User | None, places: tuple[Area | None, Area | None]
) -> Case:
    """Open the case of a row, or open it again; one that is open stays as it is.

    It is locked until the transaction ends, so that nobody decides it meanwhile.
    """
    region, district = places
    Case.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(row),
        object_id=row.pk,
        defaults={
            "why": why,
            "author": author,
            "region": region,
            "district": district,
            "original": text,
            "opened_at": timezone.now(),
        },
    )
    case = Case.objects.of(row).select_for_update().get()
    if case.decided_at:
        case.why, case.opened_at, case.decided_at = why, timezone.now(), None
        case.save(update_fields=["why", "opened_at", "decided_at"])
    return case


def close(case: Case, decision: Decision) -> None:
    """Write a decision, which holds from now on; the case is locked by the caller."""
    decision.case = case
    decision.save(force_insert=True)
    case.decided_at, case.outcome = decision.decided_at, decision.outcome
    case.save(update_fields=["decided_at", "outcome"])


def _mended(row: Model, text: str) -> None:
    """Its author took out what it was held for, so nobody needs to look any more."""
    case = Case.objects.of(row).open().select_for_update().first()
    if case and case.why in (Why.CONTACT, Why.LINKS):
        now = timezone.now()
        close(case, Decision(outcome=Case.Outcome.MENDED, text=text, decided_at=now))
