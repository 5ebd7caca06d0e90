"""`make run`'s last step: the server and the worker live, and end, together."""

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import PATIENCE, eventually, free_port, start


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def site(transactional_db, port) -> Iterator[subprocess.Popen]:
    site = start("scripts/serve.py", PORT=str(port), SERVER_PROCESSES="2")
    try:
        yield site
    finally:
        site.terminate()
        site.communicate(timeout=PATIENCE)


def worker_is_alive(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return json.load(answer)["checks"]["worker"]
    except urllib.error.HTTPError as error:
        return json.load(error)["checks"]["worker"]
    except OSError:
        return False


def children_of(pid: int) -> list[int]:
    return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def processes_of(site: subprocess.Popen) -> dict[str, int]:
    """Return the ids of the worker and the server; one that is just starting is not there yet."""
    found = {}
    for pid in children_of(site.pid):
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
        for name in ("run_worker", "uvicorn"):
            if name.encode() in words:
                found[name] = pid
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
    answering = children_of(second["uvicorn"])
    assert len(answering) >= 2

    site.send_signal(signal.SIGTERM)
    told = site.communicate(timeout=PATIENCE)[0]
    assert site.returncode == 0
    assert f"Changemap is at http://localhost:{port}" in told
    assert [pid for pid in (*second.values(), *answering) if runs(pid)] == []


def test_when_the_site_is_killed_neither_process_stays_behind(site, port):
    eventually(lambda: worker_is_alive(port))
    both = processes_of(site)
    everybody = (*both.values(), *children_of(both["uvicorn"]))
    site.kill()
    eventually(lambda: not any(runs(pid) for pid in everybody))


def test_a_port_in_use_is_named_with_what_to_do(db, port):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", port))
        holder.listen()
        site = start("scripts/serve.py", PORT=str(port))
        told = site.communicate(timeout=PATIENCE)[0]
    assert site.returncode == 1
    assert told == f"Port {port} is in use. Choose another:  PORT={port + 1} make run\n"
