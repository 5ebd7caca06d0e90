"""The rows of the matrix: every employer that has anything to show for a year, in six columns.

All of it is read in a fixed number of questions, each answered by groups; what became of findings
was kept when they came in. Employers are hundreds, so they are sorted here.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone

from geo.areas.models import Area
from pledges.employers.matrix.query import Asked
from pledges.employers.models.actions import Action
from pledges.employers.models.adopting import Adoption
from pledges.employers.models.querysets import OPEN
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change
from pledges.employers.survey.statistics import Headline
from pledges.organisations.models import Organisation

WHOLE = 0  # in place of a pledge's number: all of them together
NOTHING = Headline()


@dataclass
class Cell:
    """What an employer does about one pledge, or about all: then each action counts once."""

    adopted: int = 0
    adopted_on: datetime.date | None = None
    statuses: Counter[str] = field(default_factory=Counter)
    overdue: int = 0
    survey: Headline = NOTHING

    @property
    def actions(self) -> int:
        return self.statuses.total()

    @property
    def done(self) -> int:
        return self.statuses[Action.Status.DONE]

    @property
    def improved(self) -> float | None:
        """The share of what could be tested."""
        return share(self.survey.improved, self.survey.tested)

    @property
    def worse(self) -> float | None:
        return share(self.survey.worse, self.survey.tested)

    @property
    def said(self) -> list[tuple[str, int]]:
        """Statuses in words with their numbers, in the order of an action's life."""
        return [(s.label, self.statuses[s]) for s in Action.Status if self.statuses[s]]

    @property
    def empty(self) -> bool:
        return not (self.adopted or self.actions or self.survey.findings)


@dataclass
class Row:
    organisation: Organisation
    cells: Mapping[int, Cell]

    # The staff pledges that stand at the heads of the columns.
    six: Sequence[StaffPledge] = ()

    @property
    def whole(self) -> Cell:
        return self.cells[WHOLE]

    @property
    def across(self) -> list[tuple[StaffPledge, Cell | None]]:
        """The columns with their cells, None where an employer has nothing there."""
        return [(pledge, self.cells.get(pledge.number)) for pledge in self.six]


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def rows(asked: Asked, six: Sequence[StaffPledge]) -> list[Row]:
    """All rows that pass, in the order asked for; those of the same rank by name."""
    cells: dict[int, dict[int, Cell]] = {}

    def cell(organisation: int, number: int) -> Cell:
        return cells.setdefault(organisation, {}).setdefault(number, Cell())

    _add_adoptions(asked, cell)
    _add_actions(asked, cell)
    _add_survey(asked, cell)
    found = []
    for organisation in _organisations(asked, cells):
        own = cells[organisation.pk]
        number = asked.pledge.number if asked.pledge else WHOLE
        whole = own.get(number, Cell())
        if not whole.empty:
            found.append(Row(organisation, {**own, WHOLE: whole}, six))
    return sorted(found, key=lambda row: _rank(row, asked.sort))


def _add_adoptions(asked: Asked, cell) -> None:
    rows = Adoption.objects.during(asked.first, asked.last).order_by()
    held: dict[tuple[int, int], datetime.date] = {}
    columns = ("organisation", "pledge__number", "adopted_on")
    for organisation, number, day in rows.values_list(*columns):
        held[organisation, number] = max(day, held.get((organisation, number), day))
    for (organisation, number), day in held.items():
        one = cell(organisation, number)
        one.adopted, one.adopted_on = 1, day
        cell(organisation, WHOLE).adopted += 1


def _add_actions(asked: Asked, cell) -> None:
    late = Q(status__in=OPEN, due__lt=min(timezone.localdate(), asked.last))
    rows = Action.objects.during(asked.first, asked.last).order_by()
    numbers = {"n": Count("pk"), "late": Count("pk", filter=late)}
    by_pledge = rows.values_list("organisation", "pledges__number", "status").annotate(**numbers)
    # An action for two pledges stands in two columns, and is one action.
    whole = rows.values_list("organisation", "status").annotate(**numbers)
    for organisation, number, status, n, overdue in by_pledge:
        one = cell(organisation, number)
        one.statuses[status] += n
        one.overdue += overdue
    for organisation, status, n, overdue in whole:
        one = cell(organisation, WHOLE)
        one.statuses[status] += n
        one.overdue += overdue


def _add_survey(asked: Asked, cell) -> None:
    for (organisation, number), headline in movements(asked.year).items():
        cell(organisation, number).survey = headline
        one = cell(organisation, WHOLE)
        one.survey = one.survey + headline


def movements(year: int) -> dict[tuple[int, int], Headline]:
    """What became of findings in a year, by organisation and number of the staff pledge."""
    return Change.objects.in_year(year).headlines("organisation", "indicator__pledge__number")


def _organisations(asked: Asked, cells: Mapping[int, object]) -> list[Organisation]:
    rows = Organisation.objects.filter(pk__in=list(cells)).with_areas()
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if area := asked.area:
        place = {
            Area.Kind.NATION: {"region__parent": area.pk},
            Area.Kind.REGION: {"region": area.pk},
            Area.Kind.DISTRICT: {"district": area.pk},
        }[area.kind]
        rows = rows.filter(**place)
    return list(rows.defer("search_text", "site_names", "former_names", "email_domains"))


def _rank(row: Row, sort: str) -> tuple:
    name = (row.organisation.name, row.organisation.pk)
    if sort == "name":
        return name
    value = getattr(row.whole, sort)
    # Who has no figure comes after who has the least.
    return (value is None, -(value or 0), *name)
