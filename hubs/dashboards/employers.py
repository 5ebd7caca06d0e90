"""What the employers' pledges to their staff add to dashboards: a year of the matrix, added up."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.core.tables import SHARE, Column, Row, Table, share
from hubs.dashboards.dashboard import Section
from hubs.dashboards.query import DashboardQuery, Subject, name_of
from pledges.employers.matrix.query import MatrixQuery
from pledges.employers.matrix.rows import Cell, rows
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change, IndicatorSet, PlaceChange
from pledges.employers.survey.statistics import Headline
from pledges.organisations.models import Organisation

# What is said of the place that another is compared with.
BESIDE = ("adopted", "actions", "improved_share")


@dataclass(frozen=True)
class StaffPledgeSummary:
    """The headline of the survey where the place has one of its own, and the way to the matrix.

    `beside` is the name and headline of the place that this one is compared with.
    """

    year: int
    set: IndicatorSet | None
    survey: Headline
    beside: tuple[str, Headline] | None
    demo: bool
    query: str


@dataclass(frozen=True)
class EmployerCells:
    """The employers of a place in a year, with their cells."""

    cells: list[Mapping[int, Cell]]
    demo: bool

    @classmethod
    def of(cls, subject: Subject, year: int, six: list[StaffPledge]) -> "EmployerCells":
        area = subject if isinstance(subject, Area) else None
        found = rows(MatrixQuery(year, area=area), six)
        if isinstance(subject, Organisation):
            found = [row for row in found if row.organisation == subject]
        return cls([row.cells for row in found], any(row.organisation.demo for row in found))

    def values(self, pledge: StaffPledge) -> tuple[int, int, int, int, int, float | None]:
        own = [cells[pledge.number] for cells in self.cells if pledge.number in cells]
        survey = sum((cell.survey for cell in own), Headline())
        return (
            sum(cell.adopted for cell in own),
            sum(cell.actions for cell in own),
            sum(cell.done for cell in own),
            survey.improved,
            survey.tested,
            share(survey.improved, survey.tested),
        )

    def few(self, pledge: StaffPledge) -> list[float | None]:
        """Of these values, those that stand beside another place's."""
        values = zip(_columns(), self.values(pledge), strict=True)
        return [value for column, value in values if column.key in BESIDE]


def employers_section(query: DashboardQuery) -> Section | None:
    """The year of the days asked for; nothing under filters that are of pledges alone."""
    days = {"since", "until"}
    if set(dict(query.filters.pairs())) - days:
        return None
    six = list(StaffPledge.objects.current())
    year = _year(query)
    found = EmployerCells.of(query.subject, year, six)
    if not found.cells:
        return None
    beside = EmployerCells.of(query.compare, year, six) if query.compared else None
    area = query.subject if isinstance(query.subject, Area) else None
    content = StaffPledgeSummary(
        year=year,
        set=IndicatorSet.objects.in_year(year),
        survey=_headline(query.subject, year),
        beside=(name_of(query.compare), _headline(query.compare, year)) if beside else None,
        demo=found.demo,
        query=MatrixQuery(year, area=area).query_string(),
    )
    table = _table(year, six, found, beside, name_of(query.compare) if beside else "")
    return Section((table,), "pledges/employers/dashboard.html", content)


def _year(query: DashboardQuery) -> int:
    day = query.filters.until or query.filters.since
    return day.year if day else Change.objects.newest_year() or timezone.localdate().year


def _headline(subject: Subject, year: int) -> Headline:
    """The headline of a region, an organisation or all; other areas have none of their own."""
    if isinstance(subject, Organisation):
        return Change.objects.of(subject).in_year(year).headline()
    places = PlaceChange.objects.in_year(year)
    if subject is None:
        return places.national().headline()
    return places.of_areas([subject]).headline()


def _table(
    year: int, six: list[StaffPledge], found: EmployerCells, beside: EmployerCells | None, name: str
) -> Table:
    columns = _columns()
    if beside:
        columns += [
            Column(f"{column.key}_beside", f"{column.title} ({name})", column.kind)
            for column in _columns()
            if column.key in BESIDE
        ]
    return Table(
        key="staff_pledges",
        title=_("Employers and the staff pledges, {year}").format(year=year),
        heading=_("Staff pledge"),
        columns=columns,
        rows=[
            Row(
                pledge.slug,
                pledge.local_short,
                (*found.values(pledge), *(beside.few(pledge) if beside else ())),
                colour=pledge.colour,
            )
            for pledge in six
        ],
        note=_note(found),
    )


def _note(found: EmployerCells) -> str:
    note = _("Findings of each employer’s staff survey against the year before, as far as tested.")
    return f"{note} {_('Among them are fictional employers.')}" if found.demo else note


def _columns() -> list[Column]:
    return [
        Column("adopted", _("Adopted by")),
        Column("actions", _("Actions")),
        Column("actions_done", _("Done")),
        Column("improved", _("Findings improved")),
        Column("tested", _("Findings tested")),
        Column("improved_share", _("Improved of tested"), SHARE),
    ]
