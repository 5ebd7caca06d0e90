"""What a whole page costs the database, when nothing is kept of it."""

import http
from collections.abc import Sequence

from django.test import Client

from scripts.bench.figures import Stopwatch
from scripts.bench.kept import forget_all

AGAIN = 2  # a slow page is asked for again: another process may have had the processor
Measured = tuple[str, list[float], str]


def measure(kinds: dict[str, Sequence[str]], limit: float) -> list[Measured]:
    """Return for each kind of page its times, and the address that took longest."""
    found = []
    for kind, addresses in kinds.items():
        took(addresses[0])  # what a process reads once only
        times = [(_best(address, limit), address) for address in addresses]
        found.append((kind, [time for time, _ in times], max(times)[1]))
    return found


def _best(address: str, limit: float) -> float:
    best = took(address)
    for _ in range(AGAIN):
        if best > limit:
            best = min(best, took(address))
    return best


def took(address: str) -> float:
    """Return the milliseconds of the database for one page of which nothing was kept."""
    forget_all()
    watch = Stopwatch()
    with watch.running():
        answer = Client(headers={"host": "localhost"}).get(address)
    # Whatever is not a page is the slowest of all: a statement was stopped at its limit.
    return watch.milliseconds if answer.status_code == http.HTTPStatus.OK else float("inf")
