"""Other processes and other connections: what a second one may see, and what a kill leaves."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds until something that should happen has not
Answer = TypeVar("Answer")


def database_url(host: str = "", port: int | str = "") -> str:
    """The address of the tests' own database; through another host and port where given."""
    given = connection.settings_dict
    host, port = host or given["HOST"], port or given["PORT"]
    person = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}"
    place = quote(host, safe="") + (f":{port}" if port else "")
    return f"postgis://{person}@{place}/{quote(given['NAME'])}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_up(port: int) -> bool:
    """Whether the server there is up."""
    try:
        line = HTTPConnection("127.0.0.1", port, timeout=2)
        line.request("GET", "/healthz")
        return line.getresponse().status == HTTPStatus.OK
    except OSError:
        return False


def as_tested(line: int | None = None) -> dict[str, str]:
    """The environment of a process with the tests' settings; its database at a port if given."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": database_url("127.0.0.1", line) if line else database_url(),
        "TEST_DATABASE": connection.settings_dict["NAME"],
    }


def start(*words: str, told: int = subprocess.PIPE, **environment: str) -> subprocess.Popen:
    """Start Python with these words, on the tests' database unless DATABASE_URL says another.

    A process whose words nobody reads must have them thrown away (`told=subprocess.DEVNULL`): a
    full pipe stops it.
    """
    given = {"DATABASE_URL": database_url(), "PYTHONUNBUFFERED": "1", **environment}
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.development", **given},
        stdout=told,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def running(
    *words: str, told: int = subprocess.PIPE, **environment: str
) -> Iterator[subprocess.Popen]:
    """A process for the time of a test."""
    process = start(*words, told=told, **environment)
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


def eventually(happens: Callable[[], Answer]) -> Answer:
    """Return the first answer that is true."""
    end = time.monotonic() + PATIENCE
    while not (answer := happens()):
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.05)
    return answer


def elsewhere(work: Callable[[], Answer]) -> Answer:
    """Do the work on a connection of its own, and wait for it."""

    def run() -> Answer:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(PATIENCE)


@contextmanager
def locked(table: str) -> Iterator[None]:
    """Let nobody else read the table while the block runs, as its truncation would."""
    holder = connection.copy()
    try:
        holder.set_autocommit(False)
        with holder.cursor() as cursor:
            cursor.execute(f"lock table {table} in access exclusive mode")
        yield
    finally:
        holder.close()
