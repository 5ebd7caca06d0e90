"""The queue of moderators: what waits, longest first, and what was decided, newest first."""

from dataclasses import dataclass

from django.db.models import Count, Q

from geo.core import keyset
from pledges.accounts.models import User
from pledges.accounts.permissions import in_care_of
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
    rows = rows.select_related("content_type").annotate(reported=Count("reports", distinct=True))
    order = ("-decided_at", "-pk") if decided else ("opened_at", "pk")
    page = keyset.page(rows, order, SIZE, word, f"cases:{order[0]}", two_way=False)
    return Queue(list(page.items), next=page.next or "", **numbers)
