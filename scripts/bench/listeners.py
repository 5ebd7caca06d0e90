"""How much memory listeners to live news cost one process, and how soon all of them have news.

LISTENERS=2000 idle connections to one server of its own, on the configured database. The
news is an entry of the log about no collection that is published.
"""

import asyncio
import os
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from geo.counts.fold import CHANNEL
from geo.live.models import News

LISTENERS = int(os.environ.get("LISTENERS", "2000"))
ROUNDS = 5
START_SECONDS, PATIENCE = 60, 60
MEGABYTE = 1024


def main() -> int:
    """Measure, print a line each, and return 0 where the promise of 300 MB is kept."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    room = {"LIVE_LISTENERS": str(LISTENERS), "LIVE_LISTENERS_OF_ADDRESS": str(LISTENERS)}
    words = ["-m", "uvicorn", "config.asgi:application", "--port", str(port)]
    server = subprocess.Popen(
        [sys.executable, *words, "--log-level", "warning", "--no-access-log"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **room},
    )
    try:
        _wait(port)
        return asyncio.run(_measure(port, server.pid))
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def _megabytes(pid: int) -> float:
    """Memory that the process has in RAM now."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(each for each in status.splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / MEGABYTE


async def _listen(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Open a connection; it lasts as long as its writer is kept."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /api/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await _heard(reader, b"event: hello")
    return reader, writer


async def _heard(reader: asyncio.StreamReader, words: bytes) -> None:
    while words not in await reader.readline():
        if reader.at_eof():
            raise ConnectionError("the server hung up")


async def _measure(port: int, pid: int) -> int:
    alone = _megabytes(pid)
    start = time.monotonic()
    lines = []
    for first in range(0, LISTENERS, 100):
        some = min(100, LISTENERS - first)
        lines += await asyncio.gather(*(_listen(port) for _ in range(some)))
    opened = time.monotonic() - start
    await asyncio.sleep(1)
    idle = _megabytes(pid)
    slowest = 0.0
    for _ in range(ROUNDS):
        start = time.monotonic()
        await asyncio.to_thread(_tell)
        heard = asyncio.gather(*(_heard(reader, b"event: news") for reader, _ in lines))
        await asyncio.wait_for(heard, PATIENCE)
        slowest = max(slowest, time.monotonic() - start)
    after = _megabytes(pid)
    print(f"without listeners: {alone:.0f} MB")
    print(f"{LISTENERS} idle listeners: {idle:.0f} MB, opened in {opened:.1f} s")
    print(f"after {ROUNDS} news: {after:.0f} MB, the last one told in {slowest * 1000:.0f} ms")
    return 0 if max(idle, after) < 300 else 1


def _tell() -> None:
    News.objects.create(collection="measure", key="0", verb=News.Verb.NEW, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, '')", [CHANNEL])
    connection.close()
