"""How long to wait before something that failed is tried again."""

import datetime

MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)


def pause(
    failures: int, shortest: datetime.timedelta = MINUTE, longest: datetime.timedelta = HOUR
) -> datetime.timedelta:
    """Return the wait after so many failures in a row: twice as long after each."""
    # No larger power is needed, nor could a timedelta hold every one.
    return min(longest, shortest * 2 ** min(max(failures - 1, 0), 16))
