"""Ask random questions of a large database: is every answer exact, and is it quick enough?

Times are those of the database alone. `main` returns 1 when an answer is wrong or too slow.
"""

import os
from collections.abc import Callable
from urllib.parse import urlencode

from django.db import connection
from django.http import QueryDict

from geo.core.errors import TooSlow
from geo.core.timeouts import bounded
from geo.tiles.grid import Tile
from pledges.counts import totals
from pledges.feed import search
from pledges.feed.sorting import NEWEST
from pledges.filters import PledgeFilters
from pledges.map.tiles import clusters
from pledges.wall.listing import PLEDGES
from scripts.bench import dashboards, wall
from scripts.bench.exact import count_the_long_way
from scripts.bench.figures import Stopwatch, quantile, table
from scripts.bench.kept import forget_all
from scripts.bench.questions import Questions

QUESTIONS = int(os.environ.get("QUESTIONS", "200"))
EXACT = QUESTIONS // 10  # answers counted again the long way
LIMITS = {"counted": 50, "read": 200}  # milliseconds
AGAIN = 2  # a slow answer is asked again: another process may have had the processor
PAGE = 50

WORKS: dict[str, Callable[[PledgeFilters, Tile], object]] = {
    "tile": clusters,
    "number": lambda filters, tile: totals.count(filters),
    "summary": lambda filters, tile: totals.summary(filters),
    "list": lambda filters, tile: PLEDGES.page(NEWEST, filters, PAGE),
}


def parse(question: dict[str, str]) -> PledgeFilters:
    return PledgeFilters.parse(QueryDict(urlencode(question)))


def took(work: Callable, filters: PledgeFilters, tile: Tile) -> float:
    """Return the milliseconds of the database for one answer that nothing was kept of."""
    forget_all()
    watch = Stopwatch()
    with watch.running():
        try:
            with bounded():
                work(filters, tile)
        except TooSlow:
            return float("inf")
    return watch.milliseconds


def measure(questions: Questions, kind: str) -> list[tuple[str, list[float], str]]:
    """Return for each work its times and the question that took longest."""
    times: dict[str, list[tuple[float, str]]] = {name: [] for name in WORKS}
    for _ in range(QUESTIONS):
        question, tile = getattr(questions, kind)(), questions.tile()
        filters = parse(question)
        told = f"{urlencode(question)} at {tile.z}/{tile.x}/{tile.y}"
        for name, work in WORKS.items():
            took_now = took(work, filters, tile)
            for _ in range(AGAIN):
                if took_now > LIMITS[kind]:
                    took_now = min(took_now, took(work, filters, tile))
            times[name].append((took_now, told))
    return [(name, [t for t, _ in found], max(found)[1]) for name, found in times.items()]


def wrong_answers(questions: Questions, kind: str) -> list[str]:
    """Return the questions of which the number, or the sum of a tile, is not the true one."""
    wrong = []
    for _ in range(EXACT):
        question, tile = getattr(questions, kind)(), questions.tile()
        filters = parse(question)
        told = f"{urlencode(question)} at {tile.z}/{tile.x}/{tile.y}"
        answer, true = totals.count(filters), count_the_long_way(filters)
        matching = count_the_long_way(search.searched(filters)) if filters.q else 0
        expected = None if matching > search.MOST_MATCHES else true
        if answer != expected:
            wrong.append(f"{told}: the number is {answer}, not {expected}")
        if expected is None:
            continue
        drawn = clusters(filters, tile)["features"]
        on_tile = sum(feature["properties"]["count"] for feature in drawn)
        true = count_the_long_way(filters, tile)
        if on_tile != true:
            wrong.append(f"{told}: the tile shows {on_tile}, not {true}")
    return wrong


def main() -> int:
    """Print the figures; return 1 when a limit or an exact number is missed."""
    questions = Questions()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pledges_pledge where public")
        print(f"{cursor.fetchone()[0]:,} pledges, {QUESTIONS} questions of each kind\n")
    rows, failures = [], []
    for kind, limit in LIMITS.items():
        for name, times, slowest in measure(questions, kind):
            figures = [f"{quantile(times, share):.1f}" for share in (0.5, 0.95, 1)]
            rows.append([f"{kind} {name}", *figures, limit])
            if max(times) > limit:
                failures.append(f"{kind} {name} took {max(times):.0f} ms: {slowest}")
        failures += wrong_answers(questions, kind)
    for kind, page in (("wall", wall), ("dashboard", dashboards)):
        for name, times, slowest in page.measure(questions, QUESTIONS):
            figures = [f"{quantile(times, share):.1f}" for share in (0.5, 0.95, 1)]
            rows.append([f"{kind}, {name}", *figures, page.LIMIT])
            slow = sum(time > page.LIMIT for time in times)
            if slow:
                failures.append(f"{kind}, {name}: {slow} pages took longer; the longest: {slowest}")
    table(["ms at the database", "p50", "p95", "most", "limit"], rows)
    print(f"\n{len(LIMITS) * EXACT} numbers and tiles were counted again the long way.")
    print("\n".join(failures) or "All exact, and all within the limits.")
    return int(bool(failures))
