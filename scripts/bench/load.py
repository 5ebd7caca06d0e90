"""Mixed load through the real server: reading, pledging and listening, all at once.

What is looked for: errors, memory that grows, and counts that are not exact at the end.
"""

import os
import random
import selectors
import socket
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus

from django.db import connection

from pledges.organisations.models import Organisation
from pledges.pledging.actions import make_pledge, mark_done, withdraw
from pledges.pledging.models import Pledge, Theme
from pledges.wall.listing import PledgeQuery
from scripts.bench import workloads
from scripts.bench.http_client import Connection, WrongAnswer
from scripts.bench.measure import quantile, table
from scripts.bench.pledging import folding, taken_out_again
from scripts.bench.questions import Questions
from scripts.bench.servers import Server, ours

READERS, WRITERS = 3, 1
PAUSE = 0.05  # seconds between two deeds of a writer
WARM = 0.2  # share of the time after which every cache is full
GROWTH = 1.25  # times the memory then is growth
NEWS = b"event: news"
LISTEN = b"GET /api/live HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
PIECE = 1 << 16


@dataclass
class Load:
    """A load of so many seconds on a running server; `listeners` hear of the news."""

    server: Server
    questions: Questions
    seconds: float
    listeners: int = 200
    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    deeds: int = 0
    heard: int = 0
    megabytes: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Run it; the pledges made are taken out again. Raises nothing: see `errors`."""
        addresses = {kind: paths for kind, paths in self._addresses().items() if paths}
        self.until = time.monotonic() + self.seconds
        threads = [threading.Thread(target=self._read, args=(addresses,)) for _ in range(READERS)]
        threads += [threading.Thread(target=self._write) for _ in range(WRITERS)]
        threads += [threading.Thread(target=each) for each in (self._watch, self._listen)]
        with taken_out_again(), folding():
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    @property
    def grown(self) -> float:
        """Return how many times the memory after the first part of the load its end has."""
        return self.megabytes[-1] / self.megabytes[int(len(self.megabytes) * WARM)]

    @property
    def growing(self) -> bool:
        return self.grown > GROWTH

    def summary(self) -> str:
        """Say in a sentence how it went."""
        memory = (
            f"{self.megabytes[0]:,.0f} MB at the start, {self.megabytes[-1]:,.0f} MB at the end"
        )
        heard = f"{self.listeners} listeners heard {self.heard:,} news."
        first = f" (the first: {self.errors[0]})" if self.errors else ""
        return f"Errors: {len(self.errors)}{first}. Memory of the server: {memory}. {heard}"

    def lines(self) -> list[list[str]]:
        """Return a table: kind of request, how many a second, and milliseconds at p50 and p95."""
        found = []
        for kind, times in sorted(self.times.items()):
            figures = [f"{quantile(times, share):,.1f} ms" for share in (0.5, 0.95)]
            found.append([kind, f"{len(times) / self.seconds:,.0f}/s", *figures])
        return found

    def _addresses(self) -> dict[str, list[str]]:
        draw = self.questions
        paths: dict[str, list[str]] = {}
        paths["tile"] = workloads.tile_paths(workloads.OURS, workloads.many_tiles(2000))
        for work in workloads.items(draw)[:2]:
            paths.setdefault("items", []).extend(work.paths[workloads.OURS])
        for work in workloads.lookups(draw, 40):
            paths[work.name] = work.paths[workloads.OURS]
        paths["wall"] = [f"/pledges/?sort={each}" for each in PledgeQuery.sorts]
        paths["map"] = ["/"]
        return paths

    def _read(self, addresses: dict[str, list[str]]) -> None:
        draw, link = random.Random(), Connection(self.server.port)  # noqa: S311 - no secret
        kinds = [*addresses, *["tile"] * 12]
        while time.monotonic() < self.until:
            kind = draw.choice(kinds)
            path = draw.choice(addresses[kind])
            start = time.perf_counter()
            try:
                status, _ = link.get(path)
            except (WrongAnswer, OSError) as error:
                self.errors.append(str(error))
                continue
            self.times.setdefault(kind, []).append((time.perf_counter() - start) * 1000)
            if status != HTTPStatus.OK:
                self.errors.append(f"{path} answered {status}")

    def _write(self) -> None:
        """Make pledges, and end or withdraw some of those made here."""
        draw = random.Random()  # noqa: S311 - no secret
        themes = list(Theme.objects.all())
        organisations = list(Organisation.objects.filter(closed=None, location__isnull=False)[:200])
        made: list[Pledge] = []
        while time.monotonic() < self.until:
            start = time.perf_counter()
            pledge = make_pledge(
                text="I will ask every patient what matters to them.",
                theme=draw.choice(themes),
                show=Pledge.Show.ORGANISATION,
                organisation=draw.choice(organisations),
            )
            self.times.setdefault("pledge made", []).append((time.perf_counter() - start) * 1000)
            made.append(pledge)
            if draw.random() < 0.3:
                draw.choice((mark_done, withdraw))(made.pop(draw.randrange(len(made))))
            self.deeds += 1
            time.sleep(PAUSE)
        connection.close()

    def _listen(self) -> None:
        """Hold the listeners' answers open, and count the news that reach all of them."""
        lines = [self._open() for _ in range(self.listeners)]
        waiting = selectors.DefaultSelector()
        for line in lines:
            waiting.register(line, selectors.EVENT_READ, line)
        while time.monotonic() < self.until:
            for key, _ in waiting.select(timeout=0.5):
                heard = key.data.recv(PIECE)
                self.heard += heard.count(NEWS)
                if not heard:
                    self.errors.append("a listener was disconnected")
                    waiting.unregister(key.data)
        for line in lines:
            line.close()

    def _open(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self.server.port), timeout=30)
        line.sendall(LISTEN)
        if not line.recv(PIECE).startswith(b"HTTP/1.1 200"):
            self.errors.append("a listener was refused")
        return line

    def _watch(self) -> None:
        while time.monotonic() < self.until:
            self.megabytes.append(self.server.megabytes())
            time.sleep(min(1.0, self.seconds / 10))


MINUTES = float(os.environ.get("MINUTES", "60"))
MOST_TOLD = 10  # errors that are printed


def endure(seconds: float, listeners: int = 200) -> Load:
    """Start the server, load it for so long, and stop it."""
    server = ours()
    server.start()
    try:
        load = Load(server, Questions(), seconds, listeners)
        load.run()
    finally:
        server.stop()
    return load


def main() -> int:
    """Print what was answered; return 1 for an error, or for memory that has grown."""
    print(f"Reading, pledging and listening for {MINUTES:g} minutes", flush=True)
    load = endure(MINUTES * 60)
    table(["what", "a second", "p50", "p95"], load.lines())
    print(f"\n{load.summary()}")
    print("\n".join(load.errors[:MOST_TOLD]))
    return int(bool(load.errors) or load.growing)
