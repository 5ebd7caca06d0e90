"""The counts as the tests read them: beside a count from the rows themselves, done plainly."""

from collections import Counter

from geo.models import Cell, Change, Cube, Fold, Owner, Tally
from geo.tiles import gather
from geo.totals.fold import HIGHEST, HIGHEST_CUBE, LOWEST, SPOT
from pledges.models import Pledge
from pledges.models.pledges import SPEC

Counts = dict[str, dict[tuple, object]]


def kept() -> Counts:
    """All counts that are not zero."""
    layer = SPEC.layer
    cells = Cell.objects.filter(layer=layer).exclude(n=0)
    cube = Cube.objects.filter(layer=layer).exclude(n=0)
    tallies = Tally.objects.filter(layer=layer).exclude(n=0)
    owners = Owner.objects.filter(layer=layer).exclude(n=0)
    return {
        "cells": {(c.cz, c.morton): (c.n, c.sum_x, c.sum_y, tuple(c.parts)) for c in cells},
        "cube": {(c.cz, c.period, c.morton, c.region, c.facet): c.n for c in cube},
        "tallies": {(t.region, t.period, t.shown, t.facet): t.n for t in tallies},
        "owners": {(o.owner,): o.n for o in owners},
    }


def counted() -> Counts:
    """The same worked out in Python, one public pledge at a time."""
    sums: dict[tuple, list[int]] = {}
    parts: dict[tuple, Counter[int]] = {}
    cube, tallies, owners = Counter(), Counter(), Counter()
    for pledge in Pledge.objects.public():
        periods = (0, pledge.day.year, pledge.day.year * 100 + pledge.day.month)
        region = pledge.region_id or 0
        for period in periods:
            for place in {0, region}:
                tallies[place, period, pledge.show, pledge.facet] += 1
        if pledge.organisation_id:
            owners[pledge.organisation_id,] += 1
        if pledge.morton is None:
            continue
        column, row = gather(pledge.morton)
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
    return {"cells": cells, "cube": dict(cube), "tallies": dict(tallies), "owners": dict(owners)}


def queued() -> int:
    return Change.objects.filter(layer=SPEC.layer).count()


def version() -> int:
    return Fold.objects.get(layer=SPEC.layer).version
