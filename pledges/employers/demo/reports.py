"""Reports to the boards of fictional employers, made as true ones are."""

from django.db import transaction
from django.utils import timezone

from pledges.employers.demo import words
from pledges.employers.demo.organisations import fictional
from pledges.employers.models.board import BoardReport
from pledges.employers.reports.period import Period
from pledges.employers.reports.snapshot import take

EMPLOYERS = 3  # of them have reports


@transaction.atomic
def seed_reports() -> int:
    """Write, for a few employers, the last year and the last quarter that ended; answer how many.

    They take the place of those that there were.
    """
    employers = list(fictional()[:EMPLOYERS])
    BoardReport.objects.filter(organisation__in=employers).delete()
    quarter = Period.last_complete()
    periods = (Period(timezone.localdate().year - 1), quarter)
    written = {"summary": words.SUMMARY, "asks": words.ASKS}
    for employer in employers:
        for period in periods:
            BoardReport.objects.create(
                organisation=employer,
                year=period.year,
                quarter=period.quarter,
                edition=1,
                content={**take(employer, period), **written},
            )
    return len(employers) * len(periods)
