"""How the findings of the survey moved in a year: nationally, by region and by staff pledge."""

from dataclasses import dataclass, field
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _

from geo.areas.models import Area
from geo.maps.base import MapParts
from geo.maps.shades import shades
from pledges.employers.matrix.places import drawn, written_share
from pledges.employers.matrix.rows import NOTHING
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import IndicatorSet, PlaceChange
from pledges.employers.survey.statistics import Headline


@dataclass(frozen=True)
class Region:
    """A region with its headline, and that of each staff pledge in their order."""

    area: Area
    survey: Headline
    by_pledge: list[Headline]

    @property
    def share(self) -> float | None:
        return self.survey.improved / self.survey.tested if self.survey.tested else None


@dataclass(frozen=True)
class Overview:
    """`set` is what was asked that year, or None where nothing is known of it."""

    year: int
    set: IndicatorSet | None
    demo: bool = False
    survey: Headline = NOTHING
    by_pledge: list[tuple[StaffPledge, Headline]] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    findings: list[PlaceChange] = field(default_factory=list)

    @property
    def before(self) -> int:
        return self.year - 1

    @classmethod
    def of(cls, year: int, pledge: StaffPledge | None = None) -> Self:
        """A year in a fixed number of questions; with a pledge, of its findings alone."""
        rows = PlaceChange.objects.in_year(year)
        if pledge:
            rows = rows.about(pledge)
        findings = list(rows.national().with_indicators())
        six = [pledge] if pledge else list(StaffPledge.objects.current())
        found = rows.headlines("area", "indicator__pledge__number")
        areas = {key for key, _number in found if key}
        regions = Area.objects.without_boundaries().filter(pk__in=areas).order_by("name")
        return cls(
            year=year,
            set=IndicatorSet.objects.in_year(year),
            demo=any(one.demo for one in findings),
            survey=_sum(found, None),
            by_pledge=[(one, found.get((None, one.number), NOTHING)) for one in six],
            regions=[
                Region(
                    area,
                    _sum(found, area.pk),
                    [found.get((area.pk, one.number), NOTHING) for one in six],
                )
                for area in regions
            ],
            findings=findings,
        )

    def map(self) -> MapParts | None:
        """The regions by the share of findings that improved, of those that could be tested."""
        inside = [one for one in self.regions if one.share is not None]
        if not inside:
            return None
        numbers = shades([round(1000 * one.share) for one in inside])
        title = _("Findings improved")
        shown = tuple(
            (
                one.area.code,
                f"{one.area.local_name}: {title} "
                f"{written_share(one.survey.improved, one.survey.tested)}",
                shade,
                f"{reverse('employers')}?year={self.year}&area={one.area.code}",
            )
            for one, shade in zip(inside, numbers, strict=True)
        )
        return drawn("regions", shown)


def _sum(found: dict[tuple[int | None, int], Headline], area: int | None) -> Headline:
    return sum((one for (key, _number), one in found.items() if key == area), NOTHING)
