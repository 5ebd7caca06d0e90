"""What a dashboard costs the database: any area or organisation, any period."""

import http
from functools import partial
from urllib.parse import urlencode

from django.core.cache import caches
from django.test import Client

from geo.models import Area
from pledges.models import ChangeDay
from scripts.measure.figures import Stopwatch
from scripts.measure.questions import Questions

LIMIT = 50  # milliseconds of the database for a whole page
AGAIN = 2  # a slow page is asked for again: another process may have had the processor


def measure(questions: Questions, number: int) -> list[tuple[str, list[float], str]]:
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

    periods = {
        "all time": dict,
        "whole months": partial(questions.period, "months"),
        "any days": partial(questions.period, "days"),
        "a Change Day": change_day,
    }
    took("/areas/UK/dashboard/")  # what a process reads once only
    found = []
    for kind, period in periods.items():
        asked = [
            f"{draw.choice(draw.choice([places, wide]))}?{urlencode(period())}"
            for _ in range(number)
        ]
        times = [(_best(address), address) for address in asked]
        found.append((kind, [time for time, _ in times], max(times)[1]))
    return found


def _best(address: str) -> float:
    best = took(address)
    for _ in range(AGAIN):
        if best > LIMIT:
            best = min(best, took(address))
    return best


def took(address: str) -> float:
    """Return the milliseconds of the database for one page of which nothing was kept."""
    for cache in caches.all():
        cache.clear()
    watch = Stopwatch()
    with watch.running():
        answer = Client(headers={"host": "localhost"}).get(address)
    # Whatever is not a page is the slowest of all: a statement was stopped at its limit.
    return watch.milliseconds if answer.status_code == http.HTTPStatus.OK else float("inf")
