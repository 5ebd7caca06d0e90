"""Questions at random, as query strings: any filters together, each about one time in three."""

import datetime
import random
from dataclasses import dataclass
from urllib.parse import urlencode

THEMES = ("care", "integration", "attitude", "perspectives", "patients", "staff")
WHO = ("person", "team", "organisation")
I_AM = ("nhs", "alongside", "patient", "public")
WORDS = ("smile", "day", "patients", "listen -day", "team or ward", "everybody")


@dataclass(frozen=True)
class Landmarks:
    """What there is to be asked for: codes of areas and organisations, and the days of the data."""

    areas: tuple[str, ...]
    organisations: tuple[str, ...]
    box: tuple[float, float, float, float]
    first: datetime.date = datetime.date(2013, 1, 1)
    days: int = 5000


LANDMARKS = Landmarks(
    areas=("E92000001", "Y58", "Y59", "E07000001", "E07000002", "E07000003"),
    organisations=("RXA", "RXB", "cottage-society"),
    box=(-4, 50, 0, 52),
)


def question(draw: random.Random, land: Landmarks, *, box: bool = True) -> str:
    """Return a query string; with `box`, a bbox may be in it."""
    asked: dict[str, str] = {}

    def some(name: str, values: tuple[str, ...], most: int) -> None:
        if draw.random() < 1 / 3:
            asked[name] = ",".join(draw.sample(values, draw.randint(1, most)))

    some("theme", THEMES, 3)
    some("who", WHO, 2)
    some("i_am", I_AM, 3)
    some("status", ("open", "done"), 1)
    some("area", land.areas, 1)
    if draw.random() < 0.15:
        some("organisation", land.organisations, 1)
    if draw.random() < 0.5:
        some("q", WORDS, 1)
    since, until = sorted(_day(draw, land) for _ in range(2))
    if draw.random() < 1 / 3:
        asked["since"] = since.isoformat()
    if draw.random() < 1 / 3:
        asked["until"] = until.isoformat()
    if box and draw.random() < 1 / 4:
        asked["bbox"] = _box(draw, land)
    return urlencode(asked)


def _day(draw: random.Random, land: Landmarks) -> datetime.date:
    """Any day, but half the time the first of a month, whose span is counted as a whole."""
    day = land.first + datetime.timedelta(days=draw.randrange(land.days))
    return day if draw.random() < 0.5 else day.replace(day=1)


def _box(draw: random.Random, land: Landmarks) -> str:
    west, south, east, north = land.box
    x = sorted(round(draw.uniform(west, east), 3) for _ in range(2))
    y = sorted(round(draw.uniform(south, north), 3) for _ in range(2))
    return f"{x[0]},{y[0]},{x[1]},{y[1]}"
