"""Keep the counts: fold the queue of changes every half second, until stopped; tidy hourly."""

import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from geo.counts import worker_lock
from pledges.accounts.personal_data import keepers
from pledges.accounts.retention import forget
from pledges.counts.authors import count_authors
from pledges.counts.worker import catch_up, fold_all
from pledges.feed import spelling
from pledges.notifications.daily import Mornings
from pledges.reminders import actions as reminding
from pledges.word_bitmaps.storage import choose

SECONDS = 0.5
HOUR = 3600
TENDING = 30


class Command(BaseCommand):
    help = "Keep the counts: fold the queue of changes every half second."

    def handle(self, *args, **options) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            try:
                self._work(stop)
            except (OperationalError, InterfaceError) as error:
                # The database is down or was restarted. The queue keeps: try again until it is
                # back, on a new connection.
                self.stderr.write(f"Waiting for the database: {str(error).splitlines()[0]}")
                connection.close()
                stop.wait(2)

    def _work(self, stop: threading.Event) -> None:
        if not worker_lock.claim():
            self.stdout.write("Another worker is at work; waiting to take over.")
            while not stop.wait(2) and not worker_lock.claim():
                pass
        self.stdout.write("The worker folds the counts every half second.")
        catch_up(self.stdout.write)
        tidied = tended = -float(HOUR)
        reminders = Mornings(reminding.batches)
        while not stop.is_set():
            now = time.monotonic()
            if now - tended >= TENDING:
                for keeper in keepers():
                    keeper.tend()
                tended = now
            if now - tidied >= HOUR:
                threading.Thread(target=self._tidy, daemon=True).start()
                tidied = now
            while fold_all() and not stop.is_set():
                pass
            reminders.step()
            stop.wait(SECONDS)

    def _tidy(self) -> None:
        """On a thread and connection of its own: it reads all pledges, and the fold must go on."""
        try:
            kept = [keeper.tidy for keeper in keepers()]
            for work in (forget, spelling.learn, count_authors, choose, *kept):
                work()
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"Not tidied: {str(error).splitlines()[0]}")
        finally:
            connection.close()
