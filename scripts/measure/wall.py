"""What the first page of the wall costs the database: random filters, orders and letters."""

import http
from urllib.parse import urlencode

from django.core.cache import caches
from django.test import Client

from pledges import common, totals, words
from pledges.models import Organisation
from pledges.wall.asked import SORTS
from scripts.measure.figures import Stopwatch
from scripts.measure.questions import Questions

LIMIT = 100  # milliseconds of the database for a whole page
AGAIN = 2  # a slow page is asked for again: another process may have had the processor
LETTERS = 2


def pages(questions: Questions, number: int) -> dict[str, list[str]]:
    """Return query strings of first pages: of filters in every order, and of letters of names."""
    names = [name for name in Organisation.objects.values_list("name", flat=True) if len(name) > 2]
    draw = questions.random

    def filters(kind: str) -> str:
        return urlencode({**getattr(questions, kind)(), "sort": draw.choice(SORTS)})

    def letters() -> str:
        name = draw.choice(names)
        start = draw.randrange(len(name) - LETTERS + 1)
        return urlencode({"q": name[start : start + LETTERS]})

    return {
        "kept counts": [filters("counted") for _ in range(number)],
        "rows read": [filters("read") for _ in range(number)],
        "two letters": [letters() for _ in range(number)],
    }


def measure(questions: Questions, number: int) -> list[tuple[str, list[float], str]]:
    """Return for each kind of page its times and the query string that took longest."""
    found = []
    took("")  # what a process reads once only
    for kind, queries in pages(questions, number).items():
        times = [(_best(query), query) for query in queries]
        found.append((kind, [time for time, _ in times], max(times)[1]))
    return found


def _best(query: str) -> float:
    best = took(query)
    for _ in range(AGAIN):
        if best > LIMIT:
            best = min(best, took(query))
    return best


def took(query: str) -> float:
    """Return the milliseconds of the database for one page of which nothing was kept."""
    totals._in_box.cache_clear()
    words._found.cache_clear()
    common.matching.cache_clear()
    common.numbers.cache_clear()
    for cache in caches.all():
        cache.clear()
    watch = Stopwatch()
    with watch.running():
        answer = Client(headers={"host": "localhost"}).get(f"/pledges/?{query}")
    # Whatever is not a page is the slowest of all: a statement was stopped at its limit.
    return watch.milliseconds if answer.status_code == http.HTTPStatus.OK else float("inf")
