"""What whole pages cost the database when nothing is cached: the wall and dashboards."""

import http
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from urllib.parse import urlencode

from django.test import Client

from geo.areas.models import Area
from pledges.organisations.models import Organisation
from pledges.pledging.models import ChangeDay
from pledges.wall.listing import PledgeQuery
from scripts.bench.measure import Stopwatch, clear_caches
from scripts.bench.questions import Questions

RETRIES = 2  # of a slow page: another process may have had the processor
Measured = tuple[str, list[float], str]


def measure_pages(kinds: Mapping[str, Sequence[str]], limit: float) -> list[Measured]:
    """Return for each kind of page its times, and the address that took longest."""
    found = []
    for kind, addresses in kinds.items():
        page_milliseconds(addresses[0])  # what a process reads once only
        times = [(_fastest(address, limit), address) for address in addresses]
        found.append((kind, [time for time, _ in times], max(times)[1]))
    return found


def _fastest(address: str, limit: float) -> float:
    best = page_milliseconds(address)
    for _ in range(RETRIES):
        if best > limit:
            best = min(best, page_milliseconds(address))
    return best


def page_milliseconds(address: str) -> float:
    """Return the milliseconds of the database for one page with nothing cached."""
    clear_caches()
    watch = Stopwatch()
    with watch.running():
        answer = Client(headers={"host": "localhost"}).get(address)
    # Whatever is not a page is the slowest of all: a statement was stopped at its limit.
    return watch.milliseconds if answer.status_code == http.HTTPStatus.OK else float("inf")


WALL_LIMIT = 100  # milliseconds of the database for a whole page
LETTERS = 2


def first_pages(questions: Questions, number: int) -> dict[str, list[str]]:
    """Return query strings of first pages: of filters in every order, and of letters of names."""
    names = [name for name in Organisation.objects.values_list("name", flat=True) if len(name) > 2]
    draw = questions.random

    def filters(kind: str) -> str:
        sort = draw.choice(tuple(PledgeQuery.sorts))
        return urlencode({**getattr(questions, kind)(), "sort": sort})

    def letters() -> str:
        name = draw.choice(names)
        start = draw.randrange(len(name) - LETTERS + 1)
        return urlencode({"q": name[start : start + LETTERS]})

    return {
        "kept counts": [filters("counted") for _ in range(number)],
        "rows read": [filters("read") for _ in range(number)],
        "two letters": [letters() for _ in range(number)],
    }


def measure_wall(questions: Questions, number: int) -> list[Measured]:
    """Return for each kind of page its times and the address that took longest."""
    kinds = first_pages(questions, number).items()
    return measure_pages(
        {kind: [f"/pledges/?{q}" for q in some] for kind, some in kinds}, WALL_LIMIT
    )


DASHBOARD_LIMIT = 50  # milliseconds of the database for a whole page


def measure_dashboards(questions: Questions, number: int) -> list[Measured]:
    """Return for each kind of period its times and the address that took longest."""
    draw = questions.random
    change_days = ChangeDay.objects.filter(date__lte=questions.last).values_list("date", flat=True)
    days = [day.isoformat() for day in change_days]
    places = [f"/areas/{code}/dashboard/" for code in ("UK", *questions.areas)]
    places += [f"/organisations/{code}/dashboard/" for code in questions.organisations]
    # These are few, and cost most.
    large = Area.objects.current().exclude(kind=Area.Kind.DISTRICT).values_list("code", flat=True)
    wide = ["/areas/UK/dashboard/", *(f"/areas/{code}/dashboard/" for code in large)]

    def change_day() -> dict[str, str]:
        day = draw.choice(days)
        return {"since": day, "until": day}

    periods: dict[str, Callable[[], dict[str, str]]] = {
        "all time": dict,
        "whole months": partial(questions.period, "months"),
        "any days": partial(questions.period, "days"),
        "a Change Day": change_day,
    }
    addresses = {
        kind: [
            f"{draw.choice(draw.choice([places, wide]))}?{urlencode(period())}"
            for _ in range(number)
        ]
        for kind, period in periods.items()
    }
    return measure_pages(addresses, DASHBOARD_LIMIT)
