"""The true number behind an answer, by the slow way that shares nothing with the fast ones."""

from django.db.models import QuerySet

from geo.tiles.grid import Tile
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge

INSIDE = "st_intersects(location, st_transform(st_tileenvelope(%s, %s, %s), 4326))"


def count_the_long_way(filters: PledgeFilters, tile: Tile | None = None) -> int:
    """Count over the rows' own columns, without facet codes, Morton codes and kept counts."""
    rows = Pledge.objects.filter(
        confirmed_at__isnull=False, withdrawn_at__isnull=True, hidden_at__isnull=True
    )
    rows = _in_place(_in_time(_by_facets(rows, filters), filters), filters)
    if filters.q:
        rows = rows.matching(filters.q)
    if tile:
        rows = rows.extra(where=[INSIDE], params=[tile.z, tile.x, tile.y])  # noqa: S610 - constant
    return rows.order_by().count()


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
