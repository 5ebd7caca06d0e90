"""How much of the database's own speed reaches the reader?

For each work the real server is asked for a set of addresses, and pgbench runs the statements that
those addresses cause, as the application itself sent them. The two take turns, so that whatever
else the machine does hits both; only the ratio within a run means anything.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scripts.measure.figures import quantile, table
from scripts.measure.questions import Questions

ADDRESSES = 24  # of each work
CLIENTS = 4
ROUNDS = 3
SECONDS = int(os.environ.get("SECONDS_EACH", "3"))


def works() -> dict[str, list[str]]:
    """Return the addresses of each work."""
    questions = Questions()
    codes = questions.postcodes(ADDRESSES)
    places = [{"lat": found.location.y, "lon": found.location.x} for found in codes]
    tiles = [questions.tile() for _ in range(ADDRESSES)]
    filtered = [f"?{urlencode(questions.counted())}" for _ in tiles]
    items = "/api/collections/pledges/items?limit=1000"
    boxes = [
        f"{p['lon'] - 1:.3f},{p['lat'] - 1:.3f},{p['lon'] + 1:.3f},{p['lat'] + 1:.3f}"
        for p in places
    ]
    tile_paths = [f"/tiles/pledges/{tile.z}/{tile.x}/{tile.y}.json" for tile in tiles]
    return {
        "tile": tile_paths,
        "tile, filtered": [a + b for a, b in zip(tile_paths, filtered, strict=True)],
        "items, 1,000": [f"{items}&bbox={box}" for box in boxes],
        "point to areas": [f"/api/reverse?{urlencode(place)}" for place in places],
        "postcode": [f"/api/geocode?{urlencode({'q': str(code)})}" for code in codes],
    }


def statements(path: str) -> str:
    """Return the SQL that one request runs, as a script for pgbench; it must have answered 200."""
    with CaptureQueriesContext(connection) as captured:
        answer = Client(headers={"host": "localhost"}).get(path)
    if answer.status_code != http.client.OK:
        raise SystemExit(f"{path} answered {answer.status_code}")
    lines = [" ".join(query["sql"].split()).rstrip(";") for query in captured.captured_queries]
    return "".join(f"{line};\n" for line in lines if not line.startswith(("SAVEPOINT", "RELEASE")))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_server(port: int) -> subprocess.Popen:
    """Start the application as `make run` does and return when it answers."""
    where = ["--host", "127.0.0.1", "--port", str(port)]
    quiet = ["--log-level", "warning", "--no-access-log"]
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "config.asgi:application", *where, *quiet],
        cwd=settings.BASE_DIR,
    )
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    raise SystemExit("The server did not start.")


def answers_a_second(port: int, paths: list[str]) -> float:
    """Ask over CLIENTS kept connections for SECONDS; every answer must be 200."""
    until, numbers = time.monotonic() + SECONDS, [0] * CLIENTS

    def ask(client: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < until:
            link.request("GET", paths[(client + numbers[client]) % len(paths)])
            answer = link.getresponse()
            answer.read()
            if answer.status != http.client.OK:
                break
            numbers[client] += 1
        else:
            return
        numbers[client] = -1

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if min(numbers) < 0:
        raise SystemExit("The server gave an answer other than 200.")
    return sum(numbers) / SECONDS


def transactions_a_second(scripts: list[Path]) -> float:
    """Run the scripts in turn by pgbench, each as one transaction."""
    given = connection.get_connection_params()
    names = {"host": "-h", "port": "-p", "user": "-U"}
    where = [word for key, flag in names.items() if given.get(key) for word in (flag, given[key])]
    files = [word for script in scripts for word in ("-f", str(script))]
    load = ["-n", "-c", str(CLIENTS), "-j", "1", "-T", str(SECONDS)]
    done = subprocess.run(
        [os.environ.get("PGBENCH", "pgbench"), *map(str, where), *load, *files, given["dbname"]],
        env={**os.environ, "PGPASSWORD": str(given.get("password", ""))},
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line for line in done.stdout.splitlines() if line.startswith("tps = ")]
    if done.returncode or not found:
        raise SystemExit(f"pgbench: {done.stderr or done.stdout}")
    return float(found[0].split()[2])


def compare(port: int, paths: list[str], folder: Path) -> list[str]:
    """Return requests a second, transactions a second and their ratio: medians of the rounds."""
    scripts = [folder / f"{number}.sql" for number in range(len(paths))]
    for script, path in zip(scripts, paths, strict=True):
        script.write_text(statements(path))
    answers_a_second(port, paths)
    turns = [(answers_a_second(port, paths), transactions_a_second(scripts)) for _ in range(ROUNDS)]
    ours, theirs = (quantile(rates, 0.5) for rates in zip(*turns, strict=True))
    ratio = quantile([a / b for a, b in turns], 0.5)
    return [f"{ours:,.0f}", f"{theirs:,.0f}", f"{ratio:.2f}"]


def main() -> int:
    """Print what each work reaches beside its own SQL."""
    port, asked, rows = free_port(), works(), []
    server = start_server(port)
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name, paths in asked.items():
                print(f"Measuring {name}", flush=True)
                rows.append([name, *compare(port, paths, Path(folder))])
    finally:
        server.terminate()
        server.wait()
    print(f"\n{CLIENTS} clients, {ROUNDS} rounds of {SECONDS} s each")
    table(["work", "requests/s", "pgbench/s", "ratio"], rows)
    return 0
