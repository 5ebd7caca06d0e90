"""How many different people have pledged: for all time and for this year, by area.

These numbers do not add up, for a person may pledge in two places, and they are about people who
are not public one by one: whoever shows them passes them through `geo.core.disclosure`.
"""

import datetime
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from geo.areas.models import Area
from geo.core.disclosure import Line, protect
from pledges.organisations.models import Organisation
from pledges.pledging.counted import Authors
from pledges.pledging.models import Pledge

EVER, THIS_YEAR, EARLIER = "ever", "this year", "earlier years alone"
Cell = Hashable

# Scope -> what its keys are the numbers of; "" is the whole site.
SCOPES = {
    "": None,
    "nation": "region__parent",
    "region": "region",
    "district": "district",
    "organisation": "organisation",
}


@transaction.atomic
def count_authors() -> None:
    """Count the authors of public pledges afresh. It reads them all: work for the background."""
    now = timezone.now()
    year = timezone.localdate(now).year
    everyone = Pledge.objects.public().filter(author__isnull=False).order_by()
    this_year = everyone.filter(day__gte=datetime.date(year, 1, 1))
    fresh = []
    for scope, field in SCOPES.items():
        for at, rows in ((0, everyone), (year, this_year)):
            fresh += [
                Authors(scope=scope, key=key, year=at, n=n, counted_at=now)
                for key, n in _by(rows, field)
            ]
    Authors.objects.all().delete()
    Authors.objects.bulk_create(fresh, batch_size=1000)


def _by(rows: QuerySet, field: str | None) -> list[tuple[int, int]]:
    if field is None:
        return [(0, rows.aggregate(n=Count("author", distinct=True))["n"])]
    grouped = rows.filter(**{f"{field}__isnull": False}).values_list(field)
    return list(grouped.annotate(n=Count("author", distinct=True)))


@dataclass(frozen=True)
class People:
    """How many different people: None where the number is hidden."""

    ever: int | None
    this_year: int | None
    counted_at: datetime.datetime


def people(area: Area | None, organisation: Organisation | None) -> People | None:
    """Return the numbers of a place, hidden where small; None before they are first counted.

    The whole table is protected at once, as all pages together show it: the site is the sum of its
    nations, a nation of its regions, a region of its districts; and all time is this year and those
    who pledged in earlier years alone.
    """
    counted = Authors.objects.filter(scope="", year=0).first()
    if counted is None:
        return None
    scope, key = _named(area, organisation)
    shown = _protected(counted.counted_at, bool(organisation))
    ever, now = (shown.get((scope, key, column), None) for column in (EVER, THIS_YEAR))
    return People(ever, now, counted.counted_at)


def _named(area: Area | None, organisation: Organisation | None) -> tuple[str, int]:
    if organisation:
        return "organisation", organisation.pk
    return (area.kind, area.pk) if area else ("", 0)


@lru_cache(maxsize=4)
def _protected(counted_at: datetime.datetime, organisations: bool) -> dict[Cell, int | None]:
    """Return all numbers that may be shown, of organisations or of areas, as counted then."""
    cells: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    rows = (
        Authors.objects.filter(scope="organisation")
        if organisations
        else (Authors.objects.exclude(scope="organisation"))
    )
    for scope, key, year, n in rows.values_list("scope", "key", "year", "n"):
        cells[scope, key][year and 1] = n
    numbers: dict[Hashable, int] = {}
    lines = []
    for (scope, key), by_year in cells.items():
        ever, now = by_year.get(0, 0), by_year.get(1, 0)
        place = scope, key
        numbers |= {(*place, EVER): ever, (*place, THIS_YEAR): now, (*place, EARLIER): ever - now}
        lines.append(Line((*place, EVER), ((*place, THIS_YEAR), (*place, EARLIER))))
    if not organisations:
        for parent, parts in _family(set(cells)).items():
            lines += [
                Line((*parent, column), tuple((*part, column) for part in parts))
                for column in (EVER, THIS_YEAR, EARLIER)
            ]
    return protect(numbers, lines)


def _family(known: set[tuple[str, int]]) -> dict[tuple[str, int], list[tuple[str, int]]]:
    """Return the parts of each place, of those that have authors."""
    family: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for area in Area.objects.without_boundaries().order_by("pk"):
        if (area.kind, area.pk) in known:
            above = {Area.Kind.REGION: Area.Kind.NATION, Area.Kind.DISTRICT: Area.Kind.REGION}
            kind = above.get(Area.Kind(area.kind), "")
            family[kind, area.parent_id or 0].append((area.kind, area.pk))
    return {parent: parts for parent, parts in family.items() if parent in known}
