"""The organisations of an area: which have most pledges, and which have none yet.

An organisation is counted with all its pledges, wherever they are shown: these numbers are of the
organisations that lie in the area, not of the area's pledges.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from geo.counts.ledger import unindexed
from geo.counts.models import Ledger
from pledges.aggregates.sums import Sums
from pledges.organisations.models import Organisation, OrganisationQuerySet
from pledges.pledging.models import SPEC

Dimension = Ledger.Dimension


@dataclass(frozen=True)
class Ranking:
    """The organisations with most pledges, each with its number, and how many have any."""

    first: list[tuple[Organisation, int]]
    active: int


@dataclass(frozen=True)
class Silent:
    """Open organisations without any public pledge: how many, and some of them by name."""

    number: int
    some: list[Organisation]


def of_area(sums: Sums) -> OrganisationQuerySet:
    found = Organisation.objects.all()
    scope = sums.scope
    if scope.district:
        return found.filter(district=scope.area)
    return found.filter(region__in=scope.regions) if scope.area else found


def ranking(sums: Sums, most: int) -> Ranking:
    """Return the organisations of the area by pledges in the period, under the facets."""
    inside = of_area(sums).order_by().values("pk")
    plain = sums.plain
    where = Q(dimension=Dimension.OWNER if plain else Dimension.OWNER_FACET, within=0)
    if sums.scope.area:
        where &= (Q if sums.scope.district else unindexed)(place__in=inside)
    asked = (sums.days, sums.flags) if plain else (sums.whole, sums.codes)
    entries = sums.entries(where, (SPEC.layer,), *asked)
    totals = entries.values("place").annotate(total=Sum("counted"))
    found = Counter(dict(totals.values_list("place", "total")))
    if not plain and sums.cut.loose:
        # Of the organisation's pledges, wherever they are: not of those in the area.
        loose = sums.everywhere().filter(organisation__in=inside).values("organisation")
        found.update(dict(loose.annotate(total=Count("*")).values_list("organisation", "total")))
    ordered = sorted(((n, -key) for key, n in found.items() if n), reverse=True)
    named = Organisation.objects.in_bulk([-key for _, key in ordered[:most]])
    first = [(named[-key], n) for n, key in ordered[:most] if -key in named]
    return Ranking(first, len(ordered))


def silent(sums: Sums, most: int) -> Silent:
    found = of_area(sums).open().with_pledges().filter(Q(pledge_count__lte=0)).order_by("name")
    return Silent(found.count(), list(found[:most]))
