"""What is sent once a day, from the morning on in London."""

import datetime
from collections.abc import Callable, Iterator

from django.utils import timezone

MORNING = 8  # hour in London, before which nobody is written to


class Mornings:
    """Begins a round each morning, and goes a batch further at each step of a worker."""

    def __init__(self, batches: Callable[[datetime.date], Iterator[int]]) -> None:
        self._batches = batches
        self._day: datetime.date | None = None
        self._round: Iterator[int] = iter(())

    def step(self) -> None:
        now = timezone.localtime()
        if now.hour >= MORNING and self._day != now.date():
            self._day, self._round = now.date(), self._batches(now.date())
        next(self._round, None)
