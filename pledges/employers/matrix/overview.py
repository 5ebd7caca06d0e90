"""How the findings of the survey changed in a year: nationally, by region and by staff pledge."""

from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.core.tables import share
from geo.maps.base import MapParts
from pledges.employers.matrix.areas import choropleth, written_share
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import IndicatorSet, PlaceChange
from pledges.employers.survey.statistics import Headline


@dataclass(frozen=True)
class RegionSummary:
    """A region with its headline, and that of each staff pledge in their order."""

    area: Area
    survey: Headline
    by_pledge: list[Headline]


@dataclass(frozen=True)
class Overview:
    """`set` is the set of indicators of the year; None before the first."""

    year: int
    set: IndicatorSet | None
    demo: bool = False
    survey: Headline = field(default_factory=Headline)
    by_pledge: list[tuple[StaffPledge, Headline]] = field(default_factory=list)
    regions: list[RegionSummary] = field(default_factory=list)
    findings: list[PlaceChange] = field(default_factory=list)

    @property
    def before(self) -> int:
        return self.year - 1

    @classmethod
    def of(cls, year: int, pledge: StaffPledge | None = None) -> Self:
        """A year in a fixed number of queries; with a pledge, of its findings alone."""
        changes = PlaceChange.objects.in_year(year)
        if pledge:
            changes = changes.about(pledge)
        findings = list(changes.national().with_indicators())
        pledges = [pledge] if pledge else list(StaffPledge.objects.current())
        found = changes.headlines("area", "indicator__pledge__number")

        def by_pledge(area: int | None) -> list[Headline]:
            return [found.get((area, one.number), Headline()) for one in pledges]

        def total(area: int | None) -> Headline:
            return sum((one for (key, _n), one in found.items() if key == area), Headline())

        regions = Area.objects.without_boundaries().filter(pk__in={key for key, _n in found if key})
        return cls(
            year=year,
            set=IndicatorSet.objects.in_year(year),
            demo=any(one.demo for one in findings),
            survey=total(None),
            by_pledge=list(zip(pledges, by_pledge(None), strict=True)),
            regions=[
                RegionSummary(area, total(area.pk), by_pledge(area.pk))
                for area in regions.order_by("name")
            ],
            findings=findings,
        )

    def map(self) -> MapParts | None:
        """The regions by the share of tested findings that improved; None where none was tested."""
        figures = [
            (
                one.area,
                value,
                written_share(one.survey.improved, one.survey.tested),
                f"year={self.year}&area={one.area.code}",
            )
            for one in self.regions
            if (value := share(one.survey.improved, one.survey.tested)) is not None
        ]
        return choropleth("regions", _("Findings improved"), figures) if figures else None
