"""Do all who ask the running server hear the same number, and does GDAL get every pledge?

`main` returns 1 where two places tell two numbers, or a copy by ogr2ogr is not whole.
"""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from scripts.bench.questions import Questions

QUESTIONS = int(os.environ.get("QUESTIONS", "200"))
START_SECONDS, COPY_SECONDS = 60, 3600
TRIES, WAIT_SECONDS = 10, 3  # where something else had the processor
PAGE = 5000
# GDAL, too, asks again where the answer says that the service is busy.
PATIENT = {"GDAL_HTTP_MAX_RETRY": str(TRIES), "GDAL_HTTP_RETRY_DELAY": str(WAIT_SECONDS)}
ON_WALL = re.compile(r'id="total"><b>([\d,]+)</b>')
OFF_MAP = re.compile(r'href="/off-map/[^"]*" data-page[^>]*>[^<]*<b>([\d,]+)</b>')


@contextmanager
def server() -> Iterator[int]:
    """The port of the application, run as `make run` does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = ["-m", "uvicorn", "config.asgi:application", "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, *words, "--log-level", "warning", "--no-access-log"],
        cwd=settings.BASE_DIR,
    )
    try:
        until = time.monotonic() + START_SECONDS
        while not answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("The server did not start.")
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait()


def answers(port: int) -> bool:
    try:
        return bool(get(port, "/healthz"))
    except OSError:
        return False


def get(port: int, path: str) -> str:
    """Return the body at a path; 503 is retried, any other refusal ends the trial."""
    for _ in range(TRIES):
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        link.request("GET", path)
        answer = link.getresponse()
        body = answer.read().decode()
        link.close()
        if answer.status != http.client.SERVICE_UNAVAILABLE:
            break
        time.sleep(WAIT_SECONDS)
    if answer.status != http.client.OK:
        raise SystemExit(f"{path} answered {answer.status}: {body[:200]}")
    return body


def number(pattern: re.Pattern, page: str) -> int | None:
    """Return the first number of the pattern; None where there is none."""
    found = pattern.search(page)
    return int(found[1].replace(",", "")) if found else None


def published_numbers(port: int, query: str) -> dict[str, int | None]:
    """Return how many pledges pass, by each place that says so; None: too many to count."""
    summary = json.loads(get(port, f"/map/summary.json?{query}"))
    items = json.loads(get(port, f"/api/collections/pledges/items?limit=1&{query}"))
    found = {
        "summary": summary["total"],
        "API": items.get("numberMatched"),
        "wall": number(ON_WALL, get(port, f"/pledges/?{query}")),
    }
    if summary["total"] is None:
        return found
    tile = json.loads(get(port, f"/tiles/pledges/0/0/0.json?{query}"))
    on_map = sum(each["properties"]["count"] for each in tile["features"])
    off_map = number(OFF_MAP, get(port, f"/off-map/?{query}")) or 0
    return {**found, "map and beside it": on_map + off_map}


def disagreements(port: int) -> list[str]:
    """Ask random questions, half of them of stored counts and half of rows."""
    questions, found = Questions(), []
    for place in range(QUESTIONS):
        query = urlencode(questions.read() if place % 2 else questions.counted())
        numbers = published_numbers(port, query)
        if len(set(numbers.values())) != 1:
            found.append(f"{query}: {numbers}")
    return found


def copied(port: int, folder: Path) -> tuple[int, int, float]:
    """Copy all pledges by ogr2ogr; return how many there are, arrived, and the seconds it took."""
    # Newest first, from where it begins: pledges made meanwhile are on no page.
    matched = json.loads(get(port, "/api/collections/pledges/items?limit=1"))["numberMatched"]
    target, source = folder / "pledges.csv", f"OAPIF:http://127.0.0.1:{port}/api"
    begun = time.monotonic()
    how = ["-q", "-f", "CSV", "-select", "theme", "-oo", f"PAGE_SIZE={PAGE}"]
    subprocess.run(
        ["ogr2ogr", *how, str(target), source, "pledges"],
        check=True,
        timeout=COPY_SECONDS,
        env={**os.environ, **PATIENT},
    )
    took = time.monotonic() - begun
    with target.open("rb") as lines:
        arrived = sum(1 for _ in lines) - 1
    return matched, arrived, took


def main() -> int:
    """Print the figures; return 1 where two numbers differ."""
    if not shutil.which("ogr2ogr"):
        raise SystemExit("ogr2ogr is missing: install gdal-bin.")
    with server() as port, tempfile.TemporaryDirectory() as folder:
        failures = disagreements(port)
        print(f"{QUESTIONS} questions asked of summary, map, wall and API.")
        matched, arrived, took = copied(port, Path(folder))
    print(f"ogr2ogr copied {arrived:,} of {matched:,} pledges in {took:.0f} s.")
    if matched != arrived:
        failures.append(f"ogr2ogr copied {arrived}, but there are {matched}.")
    print("\n".join(failures) or "All agree.")
    return int(bool(failures))
