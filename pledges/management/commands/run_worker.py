"""Keep the counts: fold the queues of changes every half second, until stopped; run all jobs."""

import logging
import signal
import threading
from collections.abc import Callable
from functools import partial

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from geo.core.retry import pause
from geo.counts import queue
from pledges.counts.worker import catch_up, folds
from pledges.jobs.scheduler import MINUTE, SECOND, Folds, Scheduler, forget_unknown, periodic_jobs

SECONDS, WAIT = 0.5, 2
CATCH_UP = "catch up"
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Keep the counts: fold the queues of changes every half second; run all jobs."

    def handle(self, *args, **options) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        jobs = Scheduler(periodic_jobs())
        failures = 0
        while not stop.is_set():
            try:
                self._work(stop, jobs)
            except (OperationalError, InterfaceError) as error:
                # The database is down or was restarted. The queue keeps: try again until it is
                # back, on a new connection.
                self.stderr.write(f"Waiting for the database: {str(error).splitlines()[0]}")
                connection.close()
                stop.wait(WAIT)
            except Exception:
                failures += 1
                log.exception("The worker has failed; beginning again")
                connection.close()
                stop.wait(pause(failures, SECOND, MINUTE).total_seconds())

    def _work(self, stop: threading.Event, jobs: Scheduler) -> None:
        if not queue.claim_worker():
            self.stdout.write("Another worker is at work; waiting to take over.")
            while not stop.wait(WAIT) and not queue.claim_worker():
                pass
        self.stdout.write("The worker folds the counts every half second.")
        forget_unknown({CATCH_UP, *jobs.names, *folds()})
        with jobs.at_work():
            # Where that fails, it is tried again while the queues are folded.
            counts = Folds({CATCH_UP: once(partial(catch_up, self.stdout.write)), **folds()})
            while not stop.is_set():
                while counts.step() and not stop.is_set():
                    pass
                stop.wait(SECONDS)


def once(work: Callable[[], object]) -> Callable[[], int]:
    """Return a fold of nothing that does the work, and never again once it is done."""
    left = [work]

    def step() -> int:
        if left:
            left[0]()
            left.clear()
        return 0

    return step
