"""Put a dashboard together: the same tables for the page and for every file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from geo.areas.models import Area
from hubs.dashboards import charts, places
from hubs.dashboards.asked import Asked
from hubs.dashboards.charts import Chart
from hubs.dashboards.figures import (
    Compared,
    Figures,
    by_i_am,
    by_theme,
    group_values,
    headline,
    people_table,
)
from hubs.dashboards.sections import Section, Source, sections_of
from hubs.dashboards.tables import Column, Row, Table
from hubs.dashboards.times import over_time
from pledges.aggregates.organisations import Ranking, Silent, ranking, silent
from pledges.aggregates.sums import Sums, moments
from pledges.counts.authors import people
from pledges.filters import PledgeFilters
from pledges.organisations.models import Organisation
from pledges.stories.models import Story

MOST_ORGANISATIONS = 10
MOST_SILENT = 60
MOST_STORIES = 5


@dataclass(frozen=True)
class Block:
    """A table, with its chart if it has one."""

    table: Table
    chart: Chart | None = None


@dataclass(frozen=True)
class Dashboard:
    """Everything that is shown. `regions` and `districts` are None where a place has none."""

    asked: Asked
    totals: Table
    people: Table | None
    time: Block
    theme: Block
    i_am: Block
    kept: Block
    regions: Table | None
    districts: Table | None
    away: Table | None
    organisations: Table | None
    silent: Silent | None
    stories: list[Story]
    sections: list[Section]

    @property
    def tables(self) -> list[Table]:
        """All tables in the order of the page."""
        found = [self.totals, self.people, self.time.table, self.theme.table, self.i_am.table]
        found += [self.kept.table, self.regions, self.districts, self.away, self.organisations]
        added = [table for section in self.sections for table in section.tables]
        return [table for table in (*found, *added) if table]


def build(asked: Asked, sources: Sequence[Source] = ()) -> Dashboard:
    """Ask everything: a number of queries that the size of the place does not change."""
    sums, subject = asked.sums(), asked.subject
    found = Compared(
        asked,
        Figures.of(sums),
        Figures.of(asked.sums_before(sums)),
        Figures.of(asked.sums_compared()),
    )
    inside = places.Places.of(sums)
    time = over_time(asked, sums)
    theme, i_am, kept = by_theme(found), by_i_am(found), places.kept_table(inside.kept())
    organisation = isinstance(subject, Organisation)
    return Dashboard(
        asked=asked,
        totals=headline(found),
        people=None
        if asked.filters.without_days() != PledgeFilters()
        else people_table(
            people(None if organisation else subject, subject if organisation else None)
        ),
        time=Block(time, charts.columns(time, _colours(asked))),
        theme=Block(theme, charts.bar(theme)),
        i_am=Block(i_am, charts.bar(i_am)),
        kept=Block(kept, charts.bar(kept)),
        regions=_regions(asked, inside, sums),
        districts=_districts(asked, inside, sums),
        away=_away(asked, inside),
        organisations=None if organisation else _ranked(ranking(sums, MOST_ORGANISATIONS)),
        silent=None if organisation else silent(sums, MOST_SILENT),
        stories=_stories(asked, sums),
        sections=sections_of(asked, sources),
    )


def _colours(asked: Asked) -> list[tuple[str, str]]:
    if not asked.group:
        return [(_("Pledges"), charts.PLAIN)]
    return [(name, colour) for _key, name, _code, colour in group_values(asked.group)]


def _wide(asked: Asked) -> bool:
    subject = asked.subject
    return subject is None or (isinstance(subject, Area) and subject.kind == Area.Kind.NATION)


def _region_keys(inside: places.Places, sums: Sums) -> list[int]:
    if sums.scope.area:
        return list(sums.scope.regions)
    regions = (Area.Kind.REGION,)
    return [key for key, area in inside.areas.items() if area.kind in regions and not area.ended]


def _regions(asked: Asked, inside: places.Places, sums: Sums) -> Table | None:
    if not _wide(asked):
        return None
    return places.by_region(inside, _region_keys(inside, sums), whole=asked.subject is None)


def _districts(asked: Asked, inside: places.Places, sums: Sums) -> Table | None:
    subject = asked.subject
    if isinstance(subject, Organisation):
        return places.of_organisation(inside)
    region = isinstance(subject, Area) and subject.kind == Area.Kind.REGION
    if not (region or _wide(asked)):
        return None
    return places.by_district(inside, _region_keys(inside, sums))


def _away(asked: Asked, inside: places.Places) -> Table | None:
    """What no map shows: pledges of a region and no smaller place, and of no place at all."""
    if isinstance(asked.subject, Area) and asked.subject.kind == Area.Kind.DISTRICT:
        return None
    if not inside.counts and asked.subject:
        return None

    def of(chosen: list) -> int:
        return sum(inside.counts[place][1, mark] for place in chosen for mark in (0, 1))

    region_only = [place for place in inside.counts if place[0] and not place[1]]
    rows = [Row("region", _("Shown in their region only"), (of(region_only),))]
    if not isinstance(asked.subject, Area):
        nowhere = [place for place in inside.counts if place == (0, 0)]
        rows.append(Row("nowhere", _("Shown in no place"), (of(nowhere),)))
    columns = (Column("pledges", _("Pledges")),)
    note = _("They are in the totals above, and in no district.")
    return Table("not_on_map", _("Not on the map"), _("Shown"), columns, rows, note)


def _ranked(found: Ranking) -> Table:
    rows = [
        Row(one.public_code, one.name, (n,), link=f"/organisations/{one.public_code}/dashboard/")
        for one, n in found.first
    ]
    note = _("Organisations that lie here, each with all its pledges, wherever those are shown.")
    columns = (Column("pledges", _("Pledges")),)
    title = _("Organisations with most pledges")
    return Table("organisations", title, _("Organisation"), columns, rows, note)


def _stories(asked: Asked, sums: Sums) -> list[Story]:
    found = Story.objects.public().filter(sums.inside("pledge__"))
    if sums.codes is not None:
        found = found.filter(pledge__facet__in=sums.codes)
    period = asked.period
    if period.since:
        found = found.filter(created_at__gte=moments(period.since, period.since)[0])
    if period.until:
        found = found.filter(created_at__lt=moments(period.until, period.until)[1])
    return list(found.with_everything().newest_first()[:MOST_STORIES])
