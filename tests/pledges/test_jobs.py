"""Jobs: each fails alone, is logged, tried again later and later, and shown while it fails."""

import datetime
import threading
from functools import partial

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from geo.core.retry import pause
from pledges.accounts.models import Grant, User
from pledges.counts.totals import count
from pledges.counts.worker import folds
from pledges.filters import PledgeFilters
from pledges.jobs.models import Job
from pledges.jobs.scheduler import Folds, PeriodicJob, Scheduler, forget_unknown, periodic_jobs
from tests import second_factors
from tests.processes import eventually, running

pytestmark = pytest.mark.usefixtures("committed")
SECOND, MINUTE, HOUR = (datetime.timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours"))
SECRET = "dora@example.org"


class Clock:
    """Nine in the morning of tomorrow, until it is moved on."""

    def __init__(self) -> None:
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        self.now = at(tomorrow, 9)

    def __call__(self) -> datetime.datetime:
        return self.now


def at(day: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


@pytest.fixture
def clock() -> Clock:
    return Clock()


def fail(*_words: object) -> int:
    raise ValueError(f"{SECRET} is no number")


def run(jobs: Scheduler) -> int:
    """Run what is due to its end; return how many jobs that were."""
    threads = jobs.start_due()
    for thread in threads:
        thread.join()
    return len(threads)


def failing() -> list[str]:
    return Client().get("/readyz").json()["failing"]


@pytest.fixture
def desk() -> Client:
    """The browser of an operator who has shown her second factor."""
    olga = User.objects.create_user("olga@example.org", name="Olga")
    Grant.objects.create(person=olga, role=Grant.Role.OPERATOR)
    return second_factors.sign_in(Client(), olga)


@pytest.mark.parametrize("name", settings.JOBS)
def test_a_job_that_throws_stops_nothing_and_is_tried_again(
    name, clock, pledge, desk, monkeypatch, caplog
):
    with monkeypatch.context() as patched:
        patched.setattr(settings.JOBS[name]["run"], fail)
        jobs = Scheduler(periodic_jobs(), clock)
        pledge(outcode="SO14")
        assert run(jobs) == len(settings.JOBS)
        assert Folds(folds(), clock).step() > 0
        assert count(PledgeFilters()) == 1
        others = Job.objects.exclude(name=name)
        assert len(others) == others.filter(failures=0, succeeded_at__isnull=False).count()
        row = Job.objects.get(name=name)
        assert (row.failures, row.succeeded_at) == (1, None)
        assert row.error.startswith("ValueError in ")
        assert SECRET not in row.error
        (record,) = [one for one in caplog.records if one.name == "pledges.jobs.scheduler"]
        assert record.getMessage() == f"{name} has failed, 1 in a row"
        assert record.exc_info[0] is ValueError
        assert failing() == []

        for failures, minutes in ((2, 1), (3, 2), (4, 4)):
            Job.objects.exclude(name=name).update(next_try_at=clock.now + HOUR)
            clock.now += minutes * MINUTE - SECOND
            assert run(jobs) == 0
            clock.now += SECOND
            assert run(jobs) == 1
            assert Job.objects.get(name=name).failures == failures
    answer = Client().get("/readyz").json()
    assert answer["failing"] == [name]
    assert answer["checks"]["jobs"] is False
    assert f">{name}<" in desk.get("/admin/pledges/job/?state=failing").content.decode()

    desk.post("/admin/pledges/job/", {"action": "try_again", "_selected_action": [name]})
    clock.now += HOUR
    Job.objects.exclude(name=name).update(next_try_at=clock.now + HOUR)
    assert run(Scheduler(periodic_jobs(), clock)) == 1
    row = Job.objects.get(name=name)
    assert (row.failures, row.error) == (0, "")
    assert row.succeeded_at
    assert row.next_try_at > clock.now
    assert failing() == []


@pytest.mark.parametrize("name", folds())
def test_a_fold_that_throws_leaves_the_others_alone(name, clock, caplog):
    ran = []

    def spy(each: str) -> int:
        ran.append(each)
        return 1

    every = {each: partial(spy, each) for each in folds()}
    work = Folds({**every, name: fail}, clock)
    assert work.step() == len(every) - 1
    assert set(ran) == set(every) - {name}
    row = Job.objects.get(name=name)
    assert row.failures == 1
    assert f"{name} has failed" in caplog.text
    for failures, seconds in ((2, 1), (3, 2)):
        clock.now += seconds * SECOND / 2
        assert work.step() == len(every) - 1
        clock.now += seconds * SECOND / 2
        work.step()
        assert Job.objects.get(name=name).failures == failures
    assert failing() == [name]
    # Another process takes over, and it is mended.
    clock.now += MINUTE
    assert Folds(every, clock).step() == len(every)
    assert failing() == []


def test_a_fold_whose_statement_is_stopped_fails_and_one_without_a_database_says_so(clock):
    def stopped() -> int:
        with connection.cursor() as cursor:
            cursor.execute("set statement_timeout = 1")
            try:
                cursor.execute("select pg_sleep(5)")
            finally:
                cursor.execute("reset statement_timeout")
        return 0

    def cut() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(pg_backend_pid())")
        return 0

    assert Folds({"fold": stopped}, clock).step() == 0
    assert Job.objects.get(name="fold").failures == 1
    with pytest.raises(OperationalError):
        Folds({"another": cut}, clock).step()
    connection.close()
    assert not Job.objects.filter(name="another").exists()


@pytest.fixture
def gate():
    made = threading.Event()
    yield made
    made.set()


def test_a_job_that_hangs_holds_up_none_and_is_shown(clock, gate):
    ran = []
    jobs = Scheduler(
        [
            PeriodicJob("hangs", gate.wait, every=30),
            PeriodicJob("runs", lambda: ran.append(1), every=30),
        ],
        clock,
    )
    threads = jobs.start_due()
    threads[1].join()
    eventually(lambda: Job.objects.filter(name="hangs", started_at__isnull=False))
    clock.now += 7 * HOUR
    (again,) = jobs.start_due()
    again.join()
    assert ran == [1, 1]
    assert [job.name for job in Job.objects.failing(clock.now)] == ["hangs"]
    gate.set()
    threads[0].join()
    assert not Job.objects.failing(clock.now).exists()


def test_of_two_workers_one_runs_a_job_and_one_that_died_with_its_process_waits(clock, gate):
    def two() -> list[threading.Thread]:
        return [
            thread
            for _ in range(2)
            for thread in Scheduler([PeriodicJob("slow", work, every=30)], clock).start_due()
        ]

    ran: list[int] = []

    def work() -> None:
        ran.append(1)
        gate.wait()

    threads = two()
    eventually(lambda: sum(thread.is_alive() for thread in threads) == 1)
    assert ran == [1]
    clock.now += MINUTE - SECOND
    assert two() == []
    gate.set()
    for thread in threads:
        thread.join()


def test_what_is_daily_never_runs_at_night():
    daily = PeriodicJob("daily", fail, at=8)
    # The clocks change in the night before the 29th.
    day, next_day = datetime.date(2026, 3, 28), datetime.date(2026, 3, 29)
    assert daily.first(at(day, 3)) == at(day, 8)
    assert daily.first(at(day, 17)) == at(day, 17)
    assert daily.next(at(day, 8) + MINUTE) == at(next_day, 8)
    utc = daily.next(at(day, 8) + MINUTE).astimezone(datetime.UTC)
    assert utc.hour == 7
    # One that ends after midnight, or fails before it, waits for the morning.
    assert daily.next(at(next_day, 0)) == at(next_day, 8)
    assert daily.retry(at(day, 23) + 50 * MINUTE, 9) == at(next_day, 8)
    assert daily.retry(at(day, 12), 1) == at(day, 12) + MINUTE


def test_pauses_grow_up_to_an_hour():
    minutes = [pause(n) / MINUTE for n in (1, 2, 3, 4, 5, 6, 7, 8, 10**9)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_rows_of_what_there_is_no_more_go_and_those_of_tasks_stay(clock):
    for name, next_try_at in (("old", clock.now), ("kept", clock.now), ("task x", None)):
        Job.objects.create(name=name, next_try_at=next_try_at)
    forget_unknown({"kept"})
    assert {job.name for job in Job.objects.all()} == {"kept", "task x"}


BROKEN = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.JOBS = {
    "broken": {"run": "tests.pledges.test_jobs.fail", "every": 1},
    "whole": {"run": "pledges.counts.authors.count_authors", "every": 1},
}
call_command("run_worker")
"""


def test_the_worker_itself_goes_on(pledge):
    with running("-c", BROKEN) as process:
        eventually(lambda: Job.objects.filter(name="broken", failures=1).exists())
        eventually(lambda: Job.objects.filter(name="whole", succeeded_at__isnull=False).exists())
        pledge(outcode="SO14")
        eventually(lambda: count(PledgeFilters()) == 1)
        assert process.poll() is None
        said = ""
        while "ValueError" not in said:
            said = process.stdout.readline()
