"""The rows of the matrix: every employer with anything to show for a year.

All of it is read in a fixed number of aggregate queries. There are hundreds of employers, so they
are sorted here.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db.models import Count, Q, Value
from django.utils import timezone

from geo.core.tables import share
from pledges.employers.matrix.query import MatrixQuery
from pledges.employers.models.actions import OPEN, Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.querysets import in_area
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change
from pledges.employers.survey.statistics import Headline
from pledges.organisations.models import Organisation

TOTAL = 0  # in place of the number of a pledge: all of them together


@dataclass
class Cell:
    """The figures of an employer or area for one pledge, or for all: then each action counts once.

    `adopted` counts adoptions that held in the year; `adopted_on` is the last day, of one pledge.
    """

    adopted: int = 0
    adopted_on: datetime.date | None = None
    statuses: Counter[str] = field(default_factory=Counter)
    overdue: int = 0
    survey: Headline = field(default_factory=Headline)

    @property
    def actions(self) -> int:
        return self.statuses.total()

    @property
    def done(self) -> int:
        return self.statuses[Action.Status.DONE]

    @property
    def improved(self) -> float | None:
        """The share of the findings that could be tested."""
        return share(self.survey.improved, self.survey.tested)

    @property
    def worse(self) -> float | None:
        return share(self.survey.worse, self.survey.tested)

    @property
    def status_counts(self) -> list[tuple[str, int]]:
        """Labels of the statuses with their numbers, in the order of an action's life."""
        return [(str(s.label), self.statuses[s]) for s in Action.Status if self.statuses[s]]

    @property
    def empty(self) -> bool:
        return not (self.adopted or self.actions or self.survey.findings)

    def add(self, other: "Cell") -> None:
        self.adopted += other.adopted
        self.statuses += other.statuses
        self.overdue += other.overdue
        self.survey += other.survey


@dataclass
class Row:
    """An employer; its cells by number of the pledge, and the pledges that have columns."""

    organisation: Organisation
    cells: Mapping[int, Cell]
    pledges: Sequence[StaffPledge] = ()

    @property
    def total(self) -> Cell:
        return self.cells[TOTAL]

    @property
    def columns(self) -> list[tuple[StaffPledge, Cell | None]]:
        """The pledges with their cells, None where the employer has none."""
        return [(pledge, self.cells.get(pledge.number)) for pledge in self.pledges]


# Organisation -> number of a pledge -> cell.
Cells = defaultdict[int, defaultdict[int, Cell]]


def rows(query: MatrixQuery, pledges: Sequence[StaffPledge]) -> list[Row]:
    """All rows that pass, sorted as the query says, those of equal rank by name."""
    cells: Cells = defaultdict(lambda: defaultdict(Cell))
    _add_adoptions(query, cells)
    _add_actions(query, cells)
    _add_survey(query, cells)
    found = []
    for organisation in _organisations(query, cells):
        own = cells[organisation.pk]
        total = own[query.pledge.number if query.pledge else TOTAL]
        if not total.empty:
            found.append(Row(organisation, {**own, TOTAL: total}, pledges))
    return sorted(found, key=lambda row: _sort_key(row, query.sort))


def _add_adoptions(query: MatrixQuery, cells: Cells) -> None:
    adoptions = Adoption.objects.during(query.period.first, query.period.last)
    columns = ("organisation", "pledge__number", "adopted_on")
    for organisation, number, day in adoptions.order_by("adopted_on").values_list(*columns):
        cell = cells[organisation][number]
        # A pledge that was adopted twice counts once.
        cells[organisation][TOTAL].adopted += 1 - cell.adopted
        cell.adopted, cell.adopted_on = 1, day


def _add_actions(query: MatrixQuery, cells: Cells) -> None:
    late = Q(status__in=OPEN, due__lt=min(timezone.localdate(), query.period.last))
    actions = Action.objects.during(query.period.first, query.period.last).order_by()
    counts = {"n": Count("pk"), "late": Count("pk", filter=late)}
    # An action for two pledges is in two columns, and counts once in the total.
    found = (
        actions.values_list("organisation", number, "status").annotate(**counts)
        for number in ("pledges__number", Value(TOTAL))
    )
    for organisation, number, status, n, overdue in chain(*found):
        cell = cells[organisation][number]
        cell.statuses[status] += n
        cell.overdue += overdue


def _add_survey(query: MatrixQuery, cells: Cells) -> None:
    changes = Change.objects.in_year(query.year)
    found = changes.headlines("organisation", "indicator__pledge__number")
    for (organisation, number), headline in found.items():
        cells[organisation][number].survey = headline
        cells[organisation][TOTAL].survey += headline


def _organisations(query: MatrixQuery, keys: Collection[int]) -> list[Organisation]:
    found = Organisation.objects.filter(pk__in=list(keys)).with_areas()
    if query.kind:
        found = found.filter(kind=query.kind)
    if query.area:
        found = found.filter(in_area(query.area))
    return list(found.defer("search_text", "site_names", "former_names", "email_domains"))


def _sort_key(row: Row, sort: str) -> tuple[Any, ...]:
    name = (row.organisation.name, row.organisation.pk)
    if sort == "name":
        return name
    value = getattr(row.total, sort)
    # Employers without a figure come after those with the least.
    return (value is None, -(value or 0), *name)
