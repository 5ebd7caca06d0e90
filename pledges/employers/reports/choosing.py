"""Which periods there are to report about."""

from django.utils import timezone

from pledges.employers.matrix.years import years
from pledges.employers.reports.periods import Period


def periods() -> list[Period]:
    """All that there is anything to say of and that have begun, the newest first."""
    today = timezone.localdate()
    found = [Period(year, quarter) for year in years() for quarter in (0, 4, 3, 2, 1)]
    return [period for period in found if period.first <= today]


def last_complete() -> Period:
    """The quarter that ended last: what a board asks for."""
    today = timezone.localdate()
    quarter = (today.month - 1) // 3
    return Period(today.year, quarter) if quarter else Period(today.year - 1, 4)
