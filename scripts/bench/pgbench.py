"""The same statements without us: what the application sent, run again by pgbench."""

import http
import os
import subprocess
import tempfile
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scripts.bench.measure import clear_caches
from scripts.bench.servers import database


class NoPgbench(Exception):
    """pgbench is not there, or did not do what it was asked to."""


def statements(path: str) -> str:
    """Return the SQL that one request runs with nothing cached, as a script for pgbench."""
    clear_caches()
    with CaptureQueriesContext(connection) as captured:
        answer = Client(headers={"host": "localhost"}).get(path)
    if answer.status_code != http.HTTPStatus.OK:
        raise NoPgbench(f"{path} answered {answer.status_code}")
    lines = [" ".join(query["sql"].split()).rstrip(";") for query in captured.captured_queries]
    # pgbench knows no names of savepoints with a hyphen, and reads a colon as a variable's name.
    return "".join(f"{line};\n" for line in lines if not line.startswith(("SAVEPOINT", "RELEASE")))


class Scripts:
    """Scripts in a folder of their own, run with equal chances."""

    def __init__(self, scripts: list[str]) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.files = []
        for number, script in enumerate(scripts):
            path = Path(self.folder.name) / f"{number}.sql"
            path.write_text(script)
            self.files += ["-f", str(path)]
        self.number = len(scripts)

    def time_each(self, number: int = 0) -> list[float]:
        """Return the milliseconds of so many transactions over one connection."""
        log = Path(self.folder.name) / "log"
        self._run("-c", "1", "-t", str(number or self.number), "-l", f"--log-prefix={log}")
        found = []
        for path in Path(self.folder.name).glob("log.*"):
            found += [int(line.split()[2]) / 1000 for line in path.read_text().splitlines()]
            path.unlink()
        return found

    def rate_of(self, clients: int, seconds: float) -> float:
        """Return transactions a second over so many connections."""
        output = self._run("-c", str(clients), "-j", "1", "-T", str(max(1, round(seconds))))
        return float(
            next(line for line in output.splitlines() if line.startswith("tps = ")).split()[2]
        )

    def _run(self, *load: str) -> str:
        at = database()
        flags = {"host": "-h", "port": "-p", "user": "-U"}
        where = [word for name, flag in flags.items() if at[name] for word in (flag, at[name])]
        try:
            done = subprocess.run(
                [
                    os.environ.get("PGBENCH", "pgbench"),
                    *where,
                    "-n",
                    *load,
                    *self.files,
                    at["name"],
                ],
                env={**os.environ, "PGPASSWORD": at["password"]},
                capture_output=True,
                text=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise NoPgbench("pgbench is not installed") from error
        if done.returncode:
            raise NoPgbench(done.stderr.strip() or done.stdout.strip())
        return done.stdout
