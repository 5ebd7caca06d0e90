"""A dashboard put together: the same tables for the page and for every file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.core import charts
from geo.core.charts import Colour, Stack
from geo.core.registry import registered
from geo.core.tables import Column, Row, Table
from geo.counts.periods import moments
from hubs.dashboards import places
from hubs.dashboards.figures import (
    Comparison,
    Figures,
    by_i_am,
    by_theme,
    group_values,
    headline,
    over_time,
    people_table,
)
from hubs.dashboards.query import DashboardQuery
from pledges.aggregates.organisations import Ranking, Silent, ranking, silent
from pledges.aggregates.sums import Sums
from pledges.counts.authors import people
from pledges.filters import PledgeFilters
from pledges.organisations.models import Organisation
from pledges.stories.models import Story

MOST_ORGANISATIONS = 10
MOST_SILENT = 60
MOST_STORIES = 5


@dataclass(frozen=True)
class Section:
    """What another app adds: tables, which the files hold too, and a template for what else.

    The template is written from `content`, under the name `section`; without one the tables are
    shown as all tables are.
    """

    tables: tuple[Table, ...] = ()
    template: str = ""
    content: object = None


# Registered as DASHBOARD_SECTIONS; None where there is nothing about the place, days and filters.
Source = Callable[[DashboardQuery], Section | None]


@dataclass(frozen=True)
class Dashboard:
    """Everything that is shown. `regions` and `districts` are None where a place has none."""

    query: DashboardQuery
    totals: Table
    people: Table | None
    time: Table
    theme: Table
    i_am: Table
    fulfilment: Table
    regions: Table | None
    districts: Table | None
    not_on_map: Table | None
    organisations: Table | None
    silent: Silent | None
    stories: list[Story]
    sections: list[Section]

    @property
    def shares(self) -> tuple[Table, ...]:
        """Tables whose chart is one bar, divided among their rows."""
        return self.theme, self.i_am, self.fulfilment

    @property
    def tables(self) -> list[Table]:
        """All tables in the order of the page."""
        found = [self.totals, self.people, self.time, *self.shares]
        found += [self.regions, self.districts, self.not_on_map, self.organisations]
        added = [table for section in self.sections for table in section.tables]
        return [table for table in (*found, *added) if table]


def build(query: DashboardQuery) -> Dashboard:
    """Read everything: a number of queries that the size of the place does not change."""
    sums, subject = query.sums(), query.subject
    before, other = query.sums_before(sums), query.sums_compared()
    figures = Comparison(
        query,
        Figures.of(sums),
        Figures.of(before) if before else None,
        Figures.of(other) if other else None,
    )
    by_place = places.Places.of(sums)
    area = subject if isinstance(subject, Area) else None
    organisation = subject if isinstance(subject, Organisation) else None
    return Dashboard(
        query=query,
        totals=headline(figures),
        people=people_table(people(area, organisation))
        if query.filters.without_days() == PledgeFilters()
        else None,
        time=_with_columns(over_time(query, sums), query.group),
        theme=_with_shares(by_theme(figures)),
        i_am=_with_shares(by_i_am(figures)),
        fulfilment=_with_shares(places.fulfilment_table(by_place.fulfilment())),
        regions=_regions(query, by_place, sums),
        districts=_districts(query, by_place, sums),
        not_on_map=_not_on_map(query, by_place),
        organisations=None if organisation else _organisations(ranking(sums, MOST_ORGANISATIONS)),
        silent=None if organisation else silent(sums, MOST_SILENT),
        stories=_stories(query, sums),
        sections=[
            section for source in registered("DASHBOARD_SECTIONS") if (section := source(query))
        ],
    )


def _with_columns(table: Table, group: str) -> Table:
    """Add a column a row, stacked by the values of the group."""
    key = [(_("Pledges"), charts.BLUE)]
    if group:
        key = [(name, Colour(colour)) for _key, name, _code, colour in group_values(group)]
    stacks = [
        Stack(row.title, cast(Sequence[int], row.values[:-1] or row.values)) for row in table.parts
    ]
    return replace(table, chart=charts.columns(table.title, key, stacks))


def _with_shares(table: Table) -> Table:
    """Add one bar, divided among the rows by their first number."""
    parts = [(row.title, cast(int, row.values[0]), row.colour) for row in table.parts]
    return replace(table, chart=charts.shares(table.title, parts))


def _wide(query: DashboardQuery) -> bool:
    subject = query.subject
    return subject is None or (isinstance(subject, Area) and subject.kind == Area.Kind.NATION)


def _region_keys(by_place: places.Places, sums: Sums) -> list[int]:
    if sums.scope.area:
        return list(sums.scope.regions)
    regions = (Area.Kind.REGION,)
    return [key for key, area in by_place.areas.items() if area.kind in regions and not area.ended]


def _regions(query: DashboardQuery, by_place: places.Places, sums: Sums) -> Table | None:
    if not _wide(query):
        return None
    return places.by_region(by_place, _region_keys(by_place, sums), whole=query.subject is None)


def _districts(query: DashboardQuery, by_place: places.Places, sums: Sums) -> Table | None:
    subject = query.subject
    if isinstance(subject, Organisation):
        return places.of_organisation(by_place)
    region = isinstance(subject, Area) and subject.kind == Area.Kind.REGION
    if not (region or _wide(query)):
        return None
    return places.by_district(by_place, _region_keys(by_place, sums))


def _not_on_map(query: DashboardQuery, by_place: places.Places) -> Table | None:
    """What no map shows: pledges of a region and no smaller place, and of no place at all."""
    if isinstance(query.subject, Area) and query.subject.kind == Area.Kind.DISTRICT:
        return None
    if not by_place.counts and query.subject:
        return None

    def of(chosen: list) -> int:
        return sum(by_place.counts[place][1, mark] for place in chosen for mark in (0, 1))

    region_only = [place for place in by_place.counts if place[0] and not place[1]]
    rows = [Row("region", _("Shown in their region only"), (of(region_only),))]
    if not isinstance(query.subject, Area):
        nowhere = [place for place in by_place.counts if place == (0, 0)]
        rows.append(Row("nowhere", _("Shown in no place"), (of(nowhere),)))
    columns = (Column("pledges", _("Pledges")),)
    note = _("They are in the totals above, and in no district.")
    return Table("not_on_map", _("Not on the map"), _("Shown"), columns, rows, note)


def _organisations(found: Ranking) -> Table:
    rows = [
        Row(one.public_code, one.name, (n,), link=f"/organisations/{one.public_code}/dashboard/")
        for one, n in found.first
    ]
    note = _("Organisations that lie here, each with all its pledges, wherever those are shown.")
    columns = (Column("pledges", _("Pledges")),)
    title = _("Organisations with most pledges")
    return Table("organisations", title, _("Organisation"), columns, rows, note)


def _stories(query: DashboardQuery, sums: Sums) -> list[Story]:
    found = Story.objects.public().filter(sums.inside("pledge__"))
    if sums.codes is not None:
        found = found.filter(pledge__facet__in=sums.codes)
    period = query.period
    if period.since:
        found = found.filter(created_at__gte=moments(period.since, period.since)[0])
    if period.until:
        found = found.filter(created_at__lt=moments(period.until, period.until)[1])
    return list(found.with_everything().newest_first()[:MOST_STORIES])
