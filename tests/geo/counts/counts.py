"""The counts as the tests read them: beside a count from the rows themselves, done plainly."""

import datetime
from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from geo.counts.fold import HIGHEST, HIGHEST_CUBE, LOWEST, SPOT
from geo.counts.models import Cell, Change, Cube, Fold, Ledger
from geo.counts.spec import Spec
from geo.tiles.grid import morton_decode
from pledges.pledging.counted import SPECS
from pledges.pledging.models import SPEC, Join, Like, Pledge
from pledges.stories.models import Story

LONDON = ZoneInfo("Europe/London")
Dimension = Ledger.Dimension

Counts = dict[str, dict[tuple, object]]
NOTHING: Counts = {name: {} for name in ("cells", "cube", "ledger")}


def kept() -> Counts:
    """All counts that are not zero."""
    layer = SPEC.layer
    cells = Cell.objects.filter(layer=layer).exclude(n=0)
    cube = Cube.objects.filter(layer=layer).exclude(n=0)
    return {
        "cells": {(c.cz, c.morton): (c.n, c.sum_x, c.sum_y, tuple(c.parts)) for c in cells},
        "cube": {(c.cz, c.period, c.morton, c.region, c.facet): c.n for c in cube},
        "ledger": ledger(SPEC),
    }


def ledger(spec: Spec) -> dict[tuple, int]:
    """Return the ledger of a layer: (dimension, period, within, place, facet, shown) -> n."""
    found = Ledger.objects.filter(layer=spec.layer).exclude(n=0)
    return {(e.dimension, e.period, e.within, e.place, e.facet, e.shown): e.n for e in found}


def counted() -> Counts:
    """The same worked out in Python, one public pledge at a time."""
    sums: dict[tuple, list[int]] = {}
    parts: dict[tuple, Counter[int]] = {}
    cube: Counter[tuple] = Counter()
    written: Counter[tuple] = Counter()
    for pledge in Pledge.objects.public():
        periods = (0, pledge.day.year, pledge.day.year * 100 + pledge.day.month)
        region = pledge.region_id or 0
        written.update(entries(pledge, pledge.day, pledge.show))
        if pledge.morton is None:
            continue
        column, row = morton_decode(pledge.morton)
        for cz in (*range(LOWEST, HIGHEST + 1), SPOT):
            cell = cz, pledge.morton >> 2 * (24 - cz)
            n, x, y = sums.get(cell, (0, 0, 0))
            sums[cell] = [n + 1, x + column, y + row]
            parts.setdefault(cell, Counter())[pledge.theme_id] += 1
            if cz <= HIGHEST_CUBE:
                for period in periods:
                    cube[cz, period, cell[1], region, pledge.facet] += 1
    cells = {
        cell: (*values, tuple(parts[cell][part] for part in range(1, 13)))
        for cell, values in sums.items()
    }
    counts = {"cells": cells, "cube": cube, "ledger": written}
    return {name: dict(found) for name, found in counts.items()}


def entries(pledge: Pledge, day: datetime.date, shown: int = 0) -> Iterator[tuple]:
    """Yield the entries of one row that counts where this pledge is, on this day."""
    months = (0, day.year, day.year * 100 + day.month)
    days = (*months, months[-1] * 100 + day.day)
    region, district, owner = pledge.region_id or 0, pledge.district_id or 0, pledge.organisation_id
    areas = [0, region, pledge.region.parent_id] if pledge.region else [0]
    done, facet = int(pledge.done), pledge.facet
    for period in days:
        for area in areas:
            yield Dimension.AREA, period, 0, area, done, 0
            yield Dimension.AREA_FACET, period, 0, area, facet, shown
        yield Dimension.DISTRICT, period, region, district, done, 0
        if owner:
            yield Dimension.OWNER, period, 0, owner, done, 0
    for period in months:
        yield Dimension.DISTRICT_FACET, period, region, district, facet, 0
        if owner:
            yield Dimension.OWNER_FACET, period, 0, owner, facet, 0


def belonging() -> dict[str, dict[tuple, int]]:
    """The ledger of what belongs to pledges, worked out in Python: layer's name -> entries."""
    written: dict[str, Counter[tuple]] = {spec.name: Counter() for spec in SPECS[1:]}

    def count(name: str, pledge: Pledge, moment: datetime.datetime | None) -> None:
        if moment and pledge.public:
            written[name].update(entries(pledge, moment.astimezone(LONDON).date()))

    for join in Join.objects.select_related("pledge"):
        count("joins", join.pledge, join.created_at)
        count("parts done", join.pledge, join.done_at)
    for like in Like.objects.select_related("pledge"):
        count("likes", like.pledge, like.created_at)
    for story in Story.objects.public().select_related("pledge"):
        count("stories", story.pledge, story.created_at)
    for pledge in Pledge.objects.all():
        count("done", pledge, pledge.done_at)
        count("dated", pledge, pledge.created_at if pledge.due else None)
    return {name: dict(found) for name, found in written.items()}


def kept_belonging() -> dict[str, dict[tuple, int]]:
    return {spec.name: ledger(spec) for spec in SPECS[1:]}


def queued() -> int:
    """How many changes wait to be counted, without what is only to be told of."""
    return Change.objects.filter(layer=SPEC.layer).exclude(sign=0).count()


def version() -> int:
    return Fold.objects.get(layer=SPEC.layer).version
