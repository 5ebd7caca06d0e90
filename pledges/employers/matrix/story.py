"""The details behind a cell of the matrix: one employer, one staff pledge, one year."""

from dataclasses import dataclass
from typing import Self

from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change, Finding, Indicator, IndicatorSet
from pledges.employers.reports.period import Period
from pledges.employers.survey.statistics import Headline
from pledges.organisations.models import Organisation


@dataclass(frozen=True)
class FindingChange:
    """A finding of the year and of the year before (None without one), and the change."""

    indicator: Indicator
    now: Finding | None
    before: Finding | None
    change: Change


@dataclass(frozen=True)
class Story:
    organisation: Organisation
    pledge: StaffPledge
    year: int
    adoption: Adoption | None
    actions: list[Action]
    findings: list[FindingChange]
    survey: Headline
    set: IndicatorSet | None

    @property
    def before(self) -> int:
        return self.year - 1

    @classmethod
    def of(cls, organisation: Organisation, pledge: StaffPledge, year: int) -> Self:
        period = Period(year)
        adoptions = Adoption.objects.of(organisation).during(period.first, period.last)
        actions = Action.objects.of(organisation).about(pledge).during(period.first, period.last)
        changes = Change.objects.of(organisation).in_year(year).about(pledge)
        return cls(
            organisation=organisation,
            pledge=pledge,
            year=year,
            adoption=adoptions.filter(pledge__number=pledge.number).order_by("adopted_on").last(),
            actions=list(actions.urgent_first().defer("words")),
            findings=finding_changes(organisation, year, pledge),
            survey=changes.headline(),
            set=IndicatorSet.objects.in_year(year),
        )


def finding_changes(
    organisation: Organisation, year: int, pledge: StaffPledge | None = None
) -> list[FindingChange]:
    """The findings of an employer in a year beside those of the year before, by their number."""
    changes = Change.objects.of(organisation).in_year(year).with_indicators()
    if pledge:
        changes = changes.about(pledge)
    findings = Finding.objects.of(organisation).filter(year__in=(year - 1, year))
    figures = {(row.year, row.indicator_id): row for row in findings}
    return [
        FindingChange(
            indicator=change.indicator,
            now=figures.get((year, change.indicator_id)),
            before=figures.get((year - 1, _earlier(change.indicator, year) or 0)),
            change=change,
        )
        for change in changes
    ]


def _earlier(indicator: Indicator, year: int) -> int | None:
    """The key of the same indicator in the year before."""
    return indicator.pk if indicator.set.year < year else indicator.continues_id
