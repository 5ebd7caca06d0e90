"""The worker: one at a time, and killed at the worst moment it loses and doubles nothing."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from geo.counts import queue
from pledges.counts.totals import count, version
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge
from tests.geo.counts.counts import NOTHING, counted, kept, queued
from tests.processes import PATIENCE, elsewhere, eventually, running

pytestmark = pytest.mark.usefixtures("committed")
RUN_WORKER = ("manage.py", "run_worker")


@contextmanager
def another_connection() -> Iterator:
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


def fold_waits() -> bool:
    """Whether a fold hangs: its statement runs, and a row it wants to count in is taken."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists(select from pg_stat_activity where datname = current_database()"
            " and wait_event_type = 'Lock' and query like '%%taken as%%')"
        )
        return cursor.fetchone()[0]


def test_a_worker_killed_in_mid_fold_loses_and_doubles_nothing(ground, pledge, count_up):
    pledge(organisation=ground.hospital)
    count_up()
    before, at = kept(), version()
    for _ in range(3):
        pledge(organisation=ground.hospital)
        pledge(outcode="SO14")
    waiting = queued()
    with another_connection() as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            # The fold comes to this row when the queue is emptied and other counts are written.
            cursor.execute(
                "select from geo_ledger where dimension = 5 and place = %s for update",
                [ground.hospital.pk],
            )
        with running(*RUN_WORKER) as process:
            eventually(fold_waits)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert fold_waits()
        other.rollback()
    eventually(lambda: not queue.worker_alive())
    assert (kept(), version(), queued()) == (before, at, waiting)

    with running(*RUN_WORKER):
        eventually(lambda: not queued())
    assert kept() == counted()
    assert version() == at + 1
    assert count(PledgeFilters()) == 7


def test_the_worker_counts_what_is_written_while_it_runs(ground, pledge):
    with running(*RUN_WORKER):
        eventually(queue.worker_alive)
        made = pledge(outcode="SO14")
        eventually(lambda: version() == 1)
        made.delete()
        eventually(lambda: version() == 2)
    assert kept() == counted() == NOTHING


def test_only_one_worker_works_and_the_other_takes_over():
    with another_connection() as first:
        assert claims(first)
        assert queue.worker_alive()
        assert not elsewhere(queue.claim_worker)
        with running(*RUN_WORKER) as second:
            assert "Another worker is at work" in second.stdout.readline()
            first.close()
            assert "folds the counts" in second.stdout.readline()
            assert queue.worker_alive()
    eventually(lambda: not queue.worker_alive())


def claims(other) -> bool:
    with other.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [queue.WORKER])
        return cursor.fetchone()[0]


def test_a_worker_whose_connection_is_cut_claims_and_counts_again(pledge):
    with running(*RUN_WORKER) as process:
        assert "folds the counts" in process.stdout.readline()
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_locks"
                " where locktype = 'advisory' and objid = %s",
                [queue.WORKER],
            )
        assert "Waiting for the database" in process.stdout.readline()
        assert "folds the counts" in process.stdout.readline()
        pledge()
        eventually(lambda: not queued())


def test_the_worker_ends_in_order_when_asked():
    with running(*RUN_WORKER) as process:
        assert "folds the counts" in process.stdout.readline()
        process.terminate()
        assert process.wait(timeout=PATIENCE) == 0
    assert Pledge.objects.count() == 0
