"""Public reads are stopped at a limit, which ends with them."""

import pytest
from django.db import OperationalError, connection, transaction
from django.db.utils import ProgrammingError

from geo.core.errors import TooSlow
from geo.core.timeouts import bounded, local_settings, once
from tests.processes import locked

pytestmark = pytest.mark.usefixtures("committed")


def sleep(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_sleep(%s)", [seconds])


def limit() -> str:
    with connection.cursor() as cursor:
        cursor.execute("show statement_timeout")
        return cursor.fetchone()[0]


def test_a_statement_beyond_the_limit_is_too_slow():
    with pytest.raises(TooSlow, match="smaller area"), bounded(20):
        sleep(5)


def test_the_limit_ends_with_the_read():
    """A kept connection serves the next request: a limit left behind would bind that one."""
    before = limit()
    with bounded(1234):
        assert limit() == "1234ms"
    assert limit() == before
    with pytest.raises(TooSlow), bounded(20):
        sleep(5)
    assert limit() == before


def test_the_limit_ends_with_the_read_where_that_is_a_part_of_a_transaction():
    """SET LOCAL outlives a savepoint, and would stop whatever slow comes after it."""
    with transaction.atomic():
        before = limit()
        with bounded(1234):
            with pytest.raises(TooSlow), bounded(20):
                sleep(5)
            with bounded(20, helpers=False):
                assert limit() == "20ms"
            assert limit() == "1234ms"
            sleep(0.05)
        assert limit() == before
        with pytest.raises(ValueError, match="mine"), bounded(1234):
            raise ValueError("mine")
        assert limit() == before


def test_other_settings_end_with_their_block_too():
    def work_mem() -> str:
        with connection.cursor() as cursor:
            cursor.execute("show work_mem")
            return cursor.fetchone()[0]

    before = work_mem()
    with transaction.atomic():
        with local_settings({"work_mem": "99MB"}):
            assert work_mem() == "99MB"
        assert work_mem() == before


def test_the_limit_of_the_settings_is_the_default(settings):
    settings.STATEMENT_TIMEOUT_MS = 4321
    with bounded():
        assert limit() == "4321ms"


def test_other_troubles_of_the_database_keep_their_names():
    with pytest.raises(ProgrammingError), bounded(), connection.cursor() as cursor:
        cursor.execute("select nothing from nowhere")
    with pytest.raises(OperationalError) as raised, bounded(), connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")
    assert not isinstance(raised.value, TooSlow)
    connection.close()


def test_a_page_that_takes_too_long_answers_503(client, settings, ground):
    """The cause, not the clock: the tile is held by a lock longer than its limit."""
    settings.STATEMENT_TIMEOUT_MS = 50
    with locked("geo_cell"):
        answer = client.get("/tiles/pledges/0/0/0.json")
    assert answer.status_code == 503
    assert answer.json()["code"] == "too-slow"
    assert answer["Retry-After"]


def test_a_read_may_do_without_helpers_of_the_database_and_the_next_one_has_them():
    def helpers() -> str:
        with connection.cursor() as cursor:
            cursor.execute("show max_parallel_workers_per_gather")
            return cursor.fetchone()[0]

    before = helpers()
    with bounded(helpers=False):
        assert (helpers(), limit()) == ("0", "1min")
    assert helpers() == before != "0"


def test_within_bounded_reads_a_thing_is_asked_once():
    answers = iter(range(9))

    def ask() -> int:
        return next(answers)

    assert [once(ask), once(ask)] == [0, 1]
    with bounded():
        assert [once(ask), once(ask)] == [2, 2]
        with bounded():
            assert once(ask) == 2
        assert once(ask) == 2
    assert once(ask) == 3
