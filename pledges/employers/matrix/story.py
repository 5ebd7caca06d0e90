"""The story behind a cell of the matrix: one employer, one staff pledge, one year."""

from dataclasses import dataclass
from typing import Self

from pledges.employers.matrix.query import Asked
from pledges.employers.models.actions import Action
from pledges.employers.models.adopting import Adoption
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change, Finding, Indicator, IndicatorSet
from pledges.employers.survey.statistics import Headline
from pledges.organisations.models import Organisation


@dataclass(frozen=True)
class Told:
    """A finding of the year, the one before, and what became of it; None where there is none."""

    indicator: Indicator
    now: Finding | None
    before: Finding | None
    change: Change | None


@dataclass(frozen=True)
class Story:
    organisation: Organisation
    pledge: StaffPledge
    year: int
    adoption: Adoption | None
    actions: list[Action]
    findings: list[Told]
    survey: Headline
    set: IndicatorSet | None

    @property
    def before(self) -> int:
        return self.year - 1

    @classmethod
    def of(cls, organisation: Organisation, pledge: StaffPledge, year: int) -> Self:
        """Read it all; what was approved and published alone."""
        asked = Asked(year)
        adoptions = Adoption.objects.of(organisation).during(asked.first, asked.last)
        actions = Action.objects.of(organisation).about(pledge).during(asked.first, asked.last)
        changes = Change.objects.of(organisation).in_year(year).about(pledge)
        return cls(
            organisation=organisation,
            pledge=pledge,
            year=year,
            adoption=adoptions.filter(pledge__number=pledge.number).order_by("adopted_on").last(),
            actions=list(actions.urgent_first().defer("words")),
            findings=told(organisation, year, pledge),
            survey=changes.headline(),
            set=IndicatorSet.objects.in_year(year),
        )


def told(organisation: Organisation, year: int, pledge: StaffPledge | None = None) -> list[Told]:
    """The findings of an employer in a year beside those of the year before, in their order."""
    changes = Change.objects.of(organisation).in_year(year).with_indicators()
    if pledge:
        changes = changes.about(pledge)
    rows = Finding.objects.of(organisation).filter(year__in=(year - 1, year))
    figures = {(row.year, row.indicator_id): row for row in rows}
    return [
        Told(
            indicator=change.indicator,
            now=figures.get((year, change.indicator_id)),
            before=figures.get((year - 1, _earlier(change.indicator, year))),
            change=change,
        )
        for change in changes
    ]


def _earlier(indicator: Indicator, year: int) -> int | None:
    return indicator.pk if indicator.set.year < year else indicator.continues_id
