"""What is removed: pledges that nobody confirmed, old questions, the demo."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from pledges.models import Confirmation, Pledge, PledgeCounts, Taken, User

UNCONFIRMED_KEPT = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Forgotten:
    """How many rows of each were forgotten, or would be."""

    pledges: int
    confirmations: int
    limits: int


@transaction.atomic
def forget(*, dry_run: bool = False) -> Forgotten:
    """Remove what is kept no longer: pledges unconfirmed for seven days, ended questions, limits.

    `dry_run` counts alone. A pledge whose author answered is kept, whatever else it waits for.
    """
    now = timezone.now()
    rows = (
        Pledge.objects.filter(
            verified_at__isnull=True,
            confirmed_at__isnull=True,
            created_at__lt=now - UNCONFIRMED_KEPT,
        ),
        Confirmation.objects.filter(expires_at__lt=now),
        Taken.objects.filter(until__lt=now),
    )
    found = Forgotten(*(some.count() for some in rows))
    if not dry_run:
        for some in rows:
            some.delete()
    return found


@transaction.atomic
def remove_demo() -> int:
    """Remove every demo pledge and demo person; return how many pledges there were."""
    removed = Pledge.objects.filter(demo=True)
    PledgeCounts.objects.filter(pledge__demo=True)._raw_delete("default")
    count = removed._raw_delete("default")
    User.objects.filter(demo=True).delete()
    return count
