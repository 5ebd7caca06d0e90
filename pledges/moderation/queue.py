"""The queue of moderators: what waits, longest first, and what was decided, newest first."""

from dataclasses import dataclass

from django.db.models import Count, Q

from pledges.accounts.models import User
from pledges.accounts.permissions import in_care_of
from pledges.feed.lists import Cursor
from pledges.moderation.models import Case, CaseQuerySet

SIZE = 25


@dataclass(frozen=True)
class Queue:
    """A page of cases, how many there are of each sort, and the cursor of the next page."""

    cases: list[Case]
    waiting: int
    decided: int
    next: str


def cases_of(moderator: User) -> CaseQuerySet:
    """All cases of the areas that somebody looks after."""
    return in_care_of(moderator, Case.objects.all())


def queue(moderator: User, *, decided: bool, word: str = "") -> Queue:
    """Return a page after the cursor: by keyset, so that the last costs what the first does.

    Raises BadParameter for a cursor that is not ours.
    """
    cases = cases_of(moderator)
    numbers = cases.aggregate(
        waiting=Count("pk", filter=Q(decided_at__isnull=True)),
        decided=Count("pk", filter=Q(decided_at__isnull=False)),
    )
    rows = cases.decided() if decided else cases.open()
    if at := Cursor.parse(word):
        rows = _after(rows, at, decided=decided)
    rows = rows.select_related("content_type").annotate(reported=Count("reports", distinct=True))
    found = list(rows[: SIZE + 1])
    shown = found[:SIZE]
    more = str(_place(shown[-1], decided=decided)) if len(found) > SIZE else ""
    return Queue(shown, next=more, **numbers)


def _after(rows: CaseQuerySet, at: Cursor, *, decided: bool) -> CaseQuerySet:
    # The first condition bounds the index scan, which the second alone would not.
    if decided:
        later = Q(decided_at__lt=at.created_at) | Q(decided_at=at.created_at, id__lt=at.key)
        return rows.filter(later, decided_at__lte=at.created_at)
    later = Q(opened_at__gt=at.created_at) | Q(opened_at=at.created_at, id__gt=at.key)
    return rows.filter(later, opened_at__gte=at.created_at)


def _place(case: Case, *, decided: bool) -> Cursor:
    return Cursor(case.decided_at if decided else case.opened_at, case.pk)
