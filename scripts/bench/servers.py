"""The servers that are measured: ours as `make run` starts it, each peer behind its own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from scripts.bench.http_client import Connection, WrongAnswer
from scripts.serve import PROCESSES, SERVER

HERE = Path(__file__).resolve().parent / "peers"
PEERS = settings.BASE_DIR / ".local" / "peers"
CORES = os.cpu_count() or 1
# So that the kernel ends a server with the run that started it.
TIED = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
START_SECONDS = 300  # a peer that reads everything into memory first takes a minute


@dataclass
class Server:
    """One program on a port; `about` says how it is served. `start` returns when it answers."""

    name: str
    about: str
    command: list[str]
    first: str
    port: int
    folder: Path = settings.BASE_DIR
    variables: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    def start(self) -> None:
        """Raises WrongAnswer where it ends, or does not answer `first` in START_SECONDS."""
        PEERS.mkdir(parents=True, exist_ok=True)
        with (PEERS / f"{self.name}.log").open("w") as log:
            self.process = subprocess.Popen(
                [*TIED, *self.command],
                cwd=self.folder,
                env={**os.environ, **self.variables},
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + START_SECONDS
        while self.process.poll() is None and time.monotonic() < until:
            try:
                status, _ = Connection(self.port).get(self.first)
            except (OSError, WrongAnswer):
                time.sleep(0.2)
                continue
            if status == 200:
                return
            break
        self.stop()
        log_file = PEERS / f"{self.name}.log"
        raise WrongAnswer(f"{self.name} did not start; see {log_file}")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def megabytes(self) -> float:
        """Return the resident memory of the process and of its children."""
        if self.process is None:
            return 0.0
        listed = subprocess.run(
            ["ps", "-o", "rss=", "--pid", str(self.process.pid), "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        return sum(map(int, listed.stdout.split())) / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ours() -> Server:
    """The application with the server and the settings of scripts/serve.py."""
    port = free_port()
    command = [sys.executable, *SERVER]
    command[command.index("--port") + 1] = str(port)
    about = f"the site's own server, {PROCESSES} processes"
    return Server("changemap", about, command, "/healthz", port)


def database() -> dict[str, str]:
    given = connection.get_connection_params()
    found = {name: str(given.get(name) or "") for name in ("host", "port", "user", "password")}
    return {**found, "name": given["dbname"]}


def _venv(name: str, program: str) -> str:
    return str(PEERS / name / "venv" / "bin" / program)


def _gunicorn(name: str, port: int) -> list[str]:
    where = ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--timeout", "120"]
    return [_venv(name, "gunicorn"), *where, "-w", str(CORES), "--threads", "4"]


def tipg() -> Server:
    port, at = free_port(), database()
    login = ":".join(quote(at[part], safe="") for part in ("user", "password") if at[part])
    place = quote(at["host"], safe="") + (f":{at['port']}" if at["port"] else "")
    command = [_venv("tipg", "uvicorn"), "tipg.main:app", "--host", "127.0.0.1"]
    return Server(
        "tipg",
        f"uvicorn, {CORES} workers",
        [*command, "--port", str(port), "--workers", str(CORES), "--log-level", "warning"],
        "/collections/peers.pledge/items?limit=1",
        port,
        PEERS / "tipg",
        {
            "DATABASE_URL": f"postgresql://{login}@{place}/{at['name']}",
            "TIPG_DB_SCHEMAS": json.dumps(["peers"]),
            "TIPG_MAX_FEATURES_PER_QUERY": "200000",
            # Else it reads all rows at its start and each five minutes, beside who is measured.
            "TIPG_DB_DATETIME_EXTENT": "false",
            "TIPG_CATALOG_TTL": "86400",
        },
    )


RESOURCE = """  {name}:
    type: collection
    title: {name}
    description: {name}
    keywords: [peer]
    links: [{{type: text/html, rel: about, title: none, href: http://127.0.0.1}}]
    extents: {{spatial: {{bbox: [-180, -90, 180, 90]}}}}
    providers:
      - type: feature
        name: PostgreSQL
        data: {data}
        id_field: id
        table: {name}
        geom_field: geom
"""


def pygeoapi() -> Server:
    port, at, folder = free_port(), database(), PEERS / "pygeoapi"
    data = {
        "host": at["host"],
        "port": int(at["port"] or 5432),
        "dbname": at["name"],
        "user": at["user"],
        "password": at["password"],
        "search_path": ["peers", "public"],
    }
    made = "".join(RESOURCE.format(name=n, data=json.dumps(data)) for n in ("pledge", "district"))
    made += RESOURCE.format(name="postcode", data=json.dumps(data))
    written = (HERE / "pygeoapi.yml").read_text().replace("@PORT@", str(port))
    (folder / "config.yml").write_text(written.replace("@RESOURCES@", made))
    variables = {
        "PYGEOAPI_CONFIG": str(folder / "config.yml"),
        "PYGEOAPI_OPENAPI": str(folder / "openapi.yml"),
    }
    subprocess.run(
        [
            *(_venv("pygeoapi", "pygeoapi"), "openapi", "generate", variables["PYGEOAPI_CONFIG"]),
            *("--output-file", variables["PYGEOAPI_OPENAPI"]),
        ],
        env={**os.environ, **variables},
        capture_output=True,
        check=True,
    )
    command = [*_gunicorn("pygeoapi", port), "pygeoapi.flask_app:APP"]
    first = "/collections/pledge/items?limit=1&f=json"
    about = f"gunicorn, {CORES} workers of 4 threads"
    return Server("pygeoapi", about, command, first, port, folder, variables)


def django_site() -> Server:
    port, at = free_port(), database()
    about = f"gunicorn, {CORES} workers of 4 threads"
    variables = {f"PEER_{name.upper()}": value for name, value in at.items()}
    variables |= {"DJANGO_SETTINGS_MODULE": "site_settings", "PYTHONPATH": str(HERE / "site")}
    command = [*_gunicorn("django", port), "site_wsgi"]
    first = "/pledges?limit=1&in_bbox=-2,51,-1.9,51.1"
    return Server("django", about, command, first, port, HERE / "site", variables)


def supercluster() -> Server:
    """Its points are read from a file that is written here: longitude, latitude, theme."""
    port, folder = free_port(), PEERS / "supercluster"
    with (folder / "points.csv").open("w") as file, connection.cursor() as cursor:
        cursor.copy_expert(
            "copy (select round(st_x(geom)::numeric, 6), round(st_y(geom)::numeric, 6), theme"
            " from peers.spot where geom is not null) to stdout (format csv)",
            file,
        )
    script = folder / "server.js"
    script.write_text((HERE / "supercluster" / "server.js").read_text())
    command = ["node", "--max-old-space-size=8000", str(script), str(port), "points.csv"]
    return Server("supercluster", "Node.js, one process", command, "/0/0/0.mvt", port, folder)


MAKERS: dict[str, Callable[[], Server]] = {
    "changemap": ours,
    "tipg": tipg,
    "pygeoapi": pygeoapi,
    "django": django_site,
    "supercluster": supercluster,
}
