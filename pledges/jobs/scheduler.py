"""What the worker does beside its folds: jobs that fail alone and are tried again.

The settings' JOBS say what is run and when. Each job runs on a thread and a connection of its own,
so that one that is slow, hangs or fails holds up nothing else. How it went is kept in the table
`Job`, for `/readyz` and the admin, and survives a restart.
"""

import datetime
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.dispatch import receiver
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.signals import task_finished

from geo.core.retry import pause
from geo.ogcapi.export.files import QUEUE
from pledges.jobs.models import Job, JobQuerySet

SECONDS = 1  # between two looks at what is due
SECOND, MINUTE = datetime.timedelta(seconds=1), datetime.timedelta(minutes=1)
Clock = Callable[[], datetime.datetime]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PeriodicJob:
    """Something to run again and again: `every` so many seconds, or daily `at` an hour in London.

    What runs daily never runs before its hour, a second try included: nobody is written to at
    night.
    """

    name: str
    run: Callable[[], object]
    every: int | None = None
    at: int | None = None

    def first(self, now: datetime.datetime) -> datetime.datetime:
        """When to run it for the first time: now, or today at its hour."""
        return now if self.at is None else max(now, self._hour_of(now))

    def next(self, now: datetime.datetime) -> datetime.datetime:
        """When to run it again after a success."""
        if self.every is not None:
            return now + self.every * SECOND
        today = self._hour_of(now)
        return today if today > now else self._hour_of(now, days=1)

    def retry(self, now: datetime.datetime, failures: int) -> datetime.datetime:
        """When to run it again after so many failures in a row."""
        return self.first(now + pause(failures))

    def _hour_of(self, now: datetime.datetime, days: int = 0) -> datetime.datetime:
        day = timezone.localdate(now) + datetime.timedelta(days=days)
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(self.at or 0)))


def periodic_jobs() -> list[PeriodicJob]:
    """All jobs that the settings name."""
    return [
        PeriodicJob(name, import_string(said["run"]), said.get("every"), said.get("at"))
        for name, said in settings.JOBS.items()
    ]


class Scheduler:
    """Starts each job when its time has come, each on a thread of its own, one run at a time."""

    def __init__(self, jobs: list[PeriodicJob], clock: Clock = timezone.now) -> None:
        self._jobs = {job.name: job for job in jobs}
        self._clock = clock
        self._running: set[str] = set()

    @property
    def names(self) -> set[str]:
        return set(self._jobs)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Start what is due, from a thread beside the block, for as long as the block runs."""
        stop = threading.Event()
        threading.Thread(target=self._loop, args=[stop], daemon=True).start()
        try:
            yield
        finally:
            stop.set()

    def _loop(self, stop: threading.Event) -> None:
        while not stop.wait(SECONDS):
            try:
                self.start_due()
            except (OperationalError, InterfaceError):
                connection.close()  # the loop of the folds says that the database is away
            except Exception:
                log.exception("Jobs could not be started; trying again")
        connection.close()

    def start_due(self) -> list[threading.Thread]:
        """Start the jobs that are due and do not run; return their threads."""
        now = self._clock()
        known = dict(Job.objects.values_list("name", "next_try_at"))
        new = [job for job in self._jobs.values() if job.name not in known]
        known |= {job.name: job.first(now) for job in new}
        rows = [Job(name=job.name, next_try_at=known[job.name]) for job in new]
        Job.objects.bulk_create(rows, ignore_conflicts=True)
        threads = []
        for name, job in self._jobs.items():
            if name not in self._running and known[name] and known[name] <= now:
                self._running.add(name)
                threads.append(threading.Thread(target=self._run, args=[job], daemon=True))
                threads[-1].start()
        return threads

    def _run(self, job: PeriodicJob) -> None:
        """Run a job once and note how it went, whatever happens."""
        try:
            self._attempt(job)
        except (OperationalError, InterfaceError) as error:
            said = str(error).partition("\n")[0]
            log.warning("Waiting for the database, to note how %s went: %s", job.name, said)
        except Exception:
            log.exception("How %s went could not be noted", job.name)
        finally:
            connection.close()
            self._running.discard(job.name)

    def _attempt(self, job: PeriodicJob) -> None:
        now = self._clock()
        row = Job.objects.get(name=job.name)
        failures = row.failures + 1
        # Another worker may have begun; and where this process dies, it is not run at once again.
        begun = Job.objects.due(now).filter(name=job.name, next_try_at=row.next_try_at)
        if not begun.update(started_at=now, next_try_at=job.retry(now, failures)):
            return
        try:
            job.run()
        except Exception as error:
            connection.close()  # in whatever state the job has left it
            Job.objects.failed(job.name, error, job.retry(self._clock(), failures))
            log.exception("%s has failed, %d in a row", job.name, failures)
        else:
            Job.objects.succeeded(job.name, job.next(self._clock()))


class Folds:
    """The folds, run in turn by the worker's main loop; one that fails leaves the others alone.

    Its pauses are short: until it folds again, what it counts stands still.
    """

    def __init__(self, folds: Mapping[str, Callable[[], int]], clock: Clock = timezone.now) -> None:
        self._folds = folds
        self._clock = clock
        rows = Job.objects.filter(name__in=folds, failures__gt=0)
        self._failures = dict(rows.values_list("name", "failures"))

    def step(self) -> int:
        """Fold a piece of each queue; return how many changes were moved.

        Raises OperationalError or InterfaceError where the database is away.
        """
        ready = set(self._folds)
        if self._failures:
            waiting = Job.objects.filter(name__in=self._failures, next_try_at__gt=self._clock())
            ready -= set(waiting.values_list("name", flat=True))
        return sum(self._attempt(name, fold) for name, fold in self._folds.items() if name in ready)

    def _attempt(self, name: str, fold: Callable[[], int]) -> int:
        try:
            moved = fold()
        except Exception as error:
            if not connection.is_usable():
                raise
            failures = self._failures[name] = self._failures.get(name, 0) + 1
            again = self._clock() + pause(failures, SECOND, MINUTE)
            Job.objects.failed(name, error, again)
            log.exception("%s has failed, %d in a row", name, failures)
            return 0
        if self._failures.pop(name, 0):
            Job.objects.succeeded(name, None)
        return moved


@receiver(task_finished)
def note_task(sender: type, task_result: TaskResult, **_: object) -> None:
    """Note how a queued task went: mails by their sort, files by their name.

    `db_worker` calls this while it handles the task's exception, and says nothing of it itself.
    """
    task = task_result.task
    of = " ".join(task_result.args) if task.queue_name == QUEUE else ""
    name = f"task {task.name} {of}".strip()
    error = sys.exception()
    if task_result.status == TaskResultStatus.FAILED and error:
        Job.objects.failed(name, error, None)
        log.error("%s has failed", name, exc_info=error)
    elif task_result.status == TaskResultStatus.SUCCESSFUL:
        Job.objects.filter(failures__gt=0).succeeded(name, None)


def forget_unknown(names: set[str]) -> None:
    """Remove the rows of jobs and folds that there are no more; tasks have no next try."""
    Job.objects.exclude(next_try_at=None).exclude(name__in=names).delete()


def try_now(rows: JobQuerySet, now: datetime.datetime) -> int:
    """Let jobs and folds that wait for their time run at once; return how many."""
    return rows.filter(next_try_at__gt=now).update(next_try_at=now)
