"""The server as it runs, for clients of other people's."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from geo.counts.fold import fold
from pledges.pledging.models import SPEC
from tests import factories
from tests.geo.ogcapi import catalogue
from tests.processes import PATIENCE, eventually, free_port, running, start


@dataclass(frozen=True)
class Service:
    """A running server, and what it was asked: a line a request."""

    port: int
    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "access.log"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def source(self) -> str:
        return f"OAPIF:{self.address}"

    def asked(self) -> list[str]:
        return [line for line in self.log.read_text().splitlines() if "GET /api" in line]

    def answer(self, method: str, path: str, **headers: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, f"/api/{path}", headers=headers)
        return connection.getresponse()

    def is_up(self) -> bool:
        try:
            return self.answer("GET", "").status == 200
        except OSError:
            return False

    def do_what_waits(self) -> None:
        """Let the worker make the files that were asked for."""
        words = ("manage.py", "db_worker", "--queue-name", "files", "--batch", "--interval", "0")
        worker = start(*words, FILES=str(self.folder))
        told, _ = worker.communicate(timeout=PATIENCE)
        assert worker.returncode == 0, told


@contextmanager
def serving(folder: Path) -> Iterator[Service]:
    """A server over 130 pledges, 25 organisations more and hubs; it keeps its files in a folder."""
    fill()
    found, config = Service(free_port(), folder), folder / "log.json"
    # Told to a file: nobody empties a pipe while the tests run.
    config.write_text(json.dumps(_logging(found.log)))
    words = ("-m", "uvicorn", "config.asgi:application", "--port", str(found.port))
    words += ("--log-config", str(config))
    with running(*words, told=subprocess.DEVNULL, FILES=str(folder)):
        eventually(found.is_up)
        yield found


def fill() -> None:
    ground = factories.draw_ground()
    catalogue.write_pledges(ground, 130)
    catalogue.write_organisations(25)
    catalogue.write_hubs(ground)
    fold(SPEC)


def _logging(path: Path) -> dict:
    return {
        "version": 1,
        "handlers": {"file": {"class": "logging.FileHandler", "filename": str(path)}},
        "loggers": {"uvicorn.access": {"handlers": ["file"], "level": "INFO"}},
    }
