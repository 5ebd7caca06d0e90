"""`make run`'s last step: the server and the worker live, and end, together."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60  # seconds until something that should happen has not


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port: int) -> subprocess.Popen:
    given = connection.settings_dict
    place = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}@{quote(given['HOST'], safe='')}"
    if given["PORT"]:
        place += f":{given['PORT']}"
    address = f"postgis://{place}/{quote(given['NAME'])}"
    return subprocess.Popen(
        [sys.executable, "scripts/serve.py"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def site(transactional_db, port) -> Iterator[subprocess.Popen]:
    site = start(port)
    try:
        yield site
    finally:
        site.terminate()
        site.communicate(timeout=PATIENCE)


def eventually(happens: Callable[[], object]) -> object:
    """Return the first answer that is true."""
    end = time.monotonic() + PATIENCE
    while not (answer := happens()):
        assert time.monotonic() < end, "it has not happened"
        time.sleep(0.1)
    return answer


def worker_is_alive(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return json.load(answer)["checks"]["worker"]
    except urllib.error.HTTPError as error:
        return json.load(error)["checks"]["worker"]
    except OSError:
        return False


def processes_of(site: subprocess.Popen) -> dict[str, int]:
    """Return the ids of the site's two processes; one that is just starting is not there yet."""
    found = {}
    for pid in Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split():
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        for name in ("run_worker", "uvicorn"):
            if name.encode() in words:
                found[name] = int(pid)
    return found


def runs(pid: int) -> bool:
    """Whether the process lives; one that nobody has waited for yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_worker_that_was_killed_is_replaced_and_both_end_on_request(site, port):
    eventually(lambda: worker_is_alive(port))
    first = processes_of(site)
    assert set(first) == {"run_worker", "uvicorn"}

    os.kill(first["run_worker"], signal.SIGKILL)
    # The new worker may be there before anyone has seen the old one gone.
    eventually(lambda: processes_of(site).get("run_worker") not in (None, first["run_worker"]))
    eventually(lambda: worker_is_alive(port))
    second = processes_of(site)
    assert second["uvicorn"] == first["uvicorn"]

    site.send_signal(signal.SIGTERM)
    told = site.communicate(timeout=PATIENCE)[0]
    assert site.returncode == 0
    assert f"Changemap is at http://localhost:{port}" in told
    assert [pid for pid in second.values() if runs(pid)] == []


def test_when_the_site_is_killed_neither_process_stays_behind(site, port):
    eventually(lambda: worker_is_alive(port))
    both = processes_of(site)
    site.kill()
    eventually(lambda: not any(runs(pid) for pid in both.values()))


def test_a_port_in_use_is_named_with_what_to_do(db, port):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", port))
        holder.listen()
        site = start(port)
        told = site.communicate(timeout=PATIENCE)[0]
    assert site.returncode == 1
    assert told == f"Port {port} is in use. Choose another:  PORT={port + 1} make run\n"
