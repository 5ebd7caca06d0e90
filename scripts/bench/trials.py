"""Ask random questions of a large database: is every answer exact, and is it quick enough?

Times are those of the database alone. `main` returns 1 when an answer is wrong or too slow.
"""

import os
from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode

from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict

from geo.core.errors import TooSlow
from geo.core.timeouts import bounded
from geo.tiles.grid import Tile
from pledges.counts import totals
from pledges.feed import search
from pledges.feed.sorting import NEWEST
from pledges.filters import PledgeFilters
from pledges.map.tiles import clusters
from pledges.pledging.models import Pledge
from pledges.wall.listing import PLEDGES
from scripts.bench import pages
from scripts.bench.measure import Stopwatch, clear_caches, quantile, table
from scripts.bench.questions import Questions

QUESTIONS = int(os.environ.get("QUESTIONS", "200"))
EXACT = QUESTIONS // 10  # answers counted again the long way
LIMITS = {"counted": 50, "read": 200}  # milliseconds
RETRIES = 2  # of a slow answer: another process may have had the processor
PAGE = 50

READS: dict[str, Callable[[PledgeFilters, Tile], object]] = {
    "tile": clusters,
    "number": lambda filters, tile: totals.count(filters),
    "summary": lambda filters, tile: totals.summary(filters),
    "list": lambda filters, tile: PLEDGES.page(NEWEST, filters, PAGE),
}


def parse(question: dict[str, str]) -> PledgeFilters:
    return PledgeFilters.parse(QueryDict(urlencode(question)))


def milliseconds(work: Callable, filters: PledgeFilters, tile: Tile) -> float:
    """Return the milliseconds of the database for one answer with nothing cached."""
    clear_caches()
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
    times: dict[str, list[tuple[float, str]]] = {name: [] for name in READS}
    for _ in range(QUESTIONS):
        question, tile = getattr(questions, kind)(), questions.tile()
        filters = parse(question)
        label = f"{urlencode(question)} at {tile.z}/{tile.x}/{tile.y}"
        for name, work in READS.items():
            fastest = milliseconds(work, filters, tile)
            for _ in range(RETRIES):
                if fastest > LIMITS[kind]:
                    fastest = min(fastest, milliseconds(work, filters, tile))
            times[name].append((fastest, label))
    return [(name, [t for t, _ in found], max(found)[1]) for name, found in times.items()]


def wrong_answers(questions: Questions, kind: str) -> list[str]:
    """Return the questions of which the number, or the sum of a tile, is not the true one."""
    wrong = []
    for _ in range(EXACT):
        question, tile = getattr(questions, kind)(), questions.tile()
        filters = parse(question)
        label = f"{urlencode(question)} at {tile.z}/{tile.x}/{tile.y}"
        answer, true = totals.count(filters), count_the_long_way(filters)
        matching = (
            count_the_long_way(cast(PledgeFilters, search.searched(filters))) if filters.q else 0
        )
        expected = None if matching > search.MOST_MATCHES else true
        if answer != expected:
            wrong.append(f"{label}: the number is {answer}, not {expected}")
        if expected is None:
            continue
        drawn = clusters(filters, tile)["features"]
        on_tile = sum(feature["properties"]["count"] for feature in drawn)
        true = count_the_long_way(filters, tile)
        if on_tile != true:
            wrong.append(f"{label}: the tile shows {on_tile}, not {true}")
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
    whole_pages = (
        ("wall", pages.measure_wall, pages.WALL_LIMIT),
        ("dashboard", pages.measure_dashboards, pages.DASHBOARD_LIMIT),
    )
    for kind, measure_kind, limit in whole_pages:
        for name, times, slowest in measure_kind(questions, QUESTIONS):
            figures = [f"{quantile(times, share):.1f}" for share in (0.5, 0.95, 1)]
            rows.append([f"{kind}, {name}", *figures, limit])
            slow = sum(time > limit for time in times)
            if slow:
                failures.append(f"{kind}, {name}: {slow} pages took longer; the longest: {slowest}")
    table(["ms at the database", "p50", "p95", "most", "limit"], rows)
    print(f"\n{len(LIMITS) * EXACT} numbers and tiles were counted again the long way.")
    print("\n".join(failures) or "All exact, and all within the limits.")
    return int(bool(failures))


INSIDE = "st_intersects(location, st_transform(st_tileenvelope(%s, %s, %s), 4326))"


def count_the_long_way(filters: PledgeFilters, tile: Tile | None = None) -> int:
    """Count over the rows' own columns, without facet codes, Morton codes and stored counts."""
    rows = Pledge.objects.filter(
        confirmed_at__isnull=False, withdrawn_at__isnull=True, hidden_at__isnull=True
    )
    if filters.q:
        rows = rows.matching(filters.q)
    found = _in_place(_in_time(_by_facets(rows, filters), filters), filters)
    if tile:
        found = found.extra(where=[INSIDE], params=[tile.z, tile.x, tile.y])  # noqa: S610 - constant
    return found.order_by().count()


def _by_facets(rows: QuerySet, filters: PledgeFilters) -> QuerySet:
    if filters.theme:
        rows = rows.filter(theme__in=filters.theme)
    if filters.who:
        rows = rows.filter(who__in=filters.facets["who"])
    if filters.i_am:
        rows = rows.filter(i_am__in=filters.facets["i_am"])
    return rows.filter(done_at__isnull=filters.status == "open") if filters.status else rows


def _in_time(rows: QuerySet, filters: PledgeFilters) -> QuerySet:
    if filters.since:
        rows = rows.filter(created_at__date__gte=filters.since)
    return rows.filter(created_at__date__lte=filters.until) if filters.until else rows


def _in_place(rows: QuerySet, filters: PledgeFilters) -> QuerySet:
    if filters.organisation:
        rows = rows.filter(organisation=filters.organisation)
    if filters.regions is not None:
        return rows.filter(region__in=filters.regions)
    return rows.filter(district=filters.area) if filters.area else rows
