"""The real server, to which the tests listen."""

from collections.abc import Iterator
from subprocess import Popen

import pytest

from pledges.counts.worker import fold_all
from tests.processes import as_tested, eventually, free_port, is_up, running


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker) -> Iterator[tuple[int, Popen]]:
    """One for all tests of a file; each fills and empties the tables that it reads."""
    port = free_port()
    words = ["-m", "uvicorn", "config.asgi:application", "--port", str(port)]
    quiet = ["--log-level", "warning", "--timeout-graceful-shutdown", "5"]
    limits = {"LIVE_LISTENERS_OF_ADDRESS": "60", "LIVE_LISTENERS": "50"}
    with django_db_blocker.unblock():
        given = as_tested()
    with running(*words, *quiet, **given, **limits) as process:
        eventually(lambda: process.poll() is not None or is_up(port))
        assert process.poll() is None, process.stdout.read()
        yield port, process


@pytest.fixture
def port(server, committed, ground) -> int:
    """Where to listen, once what the ground is made of has been told."""
    fold_all()
    return server[0]
