"""What the staff survey adds to the pages of the six pledges and of employers."""

from dataclasses import dataclass

from geo.maps.base import MapParts
from geo.maps.shades import COLOURS
from pledges.employers.matrix.overview import Overview
from pledges.employers.matrix.story import Told, told
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change, IndicatorSet, PlaceChange
from pledges.employers.survey.statistics import Headline
from pledges.organisations.models import Organisation
from pledges.sections import Section, Subject


@dataclass(frozen=True)
class OfPledge:
    """The findings that belong to a pledge, how they moved, and where."""

    pledge: StaffPledge
    overview: Overview
    map: MapParts | None
    shades: tuple[str, ...] = COLOURS


@dataclass(frozen=True)
class OfEmployer:
    """The findings of an employer in its last year, and the headline of each year before it."""

    organisation: Organisation
    year: int
    set: IndicatorSet | None
    survey: Headline
    findings: list[Told]
    earlier: list[tuple[int, Headline]]

    @property
    def before(self) -> int:
        return self.year - 1


def pledge_panel(pledge: StaffPledge) -> Section | None:
    year = PlaceChange.objects.about(pledge).newest_year()
    if year is None:
        return None
    found = Overview.of(year, pledge)
    return Section("pledges/employers/survey/of_pledge.html", OfPledge(pledge, found, found.map()))


def employer_panel(employer: Organisation) -> Section | None:
    years = Change.objects.of(employer).headlines("year")
    if not years:
        return None
    year = max(years)
    content = OfEmployer(
        organisation=employer,
        year=year,
        set=IndicatorSet.objects.in_year(year),
        survey=years[year],
        findings=told(employer, year),
        earlier=[(one, years[one]) for one in sorted(years, reverse=True)[1:]],
    )
    return Section("pledges/employers/survey/of_employer.html", content)


def survey_section(subject: Subject) -> Section | None:
    """On the page of an organisation: the headline of its last year, and the way to the rest."""
    if not isinstance(subject, Organisation):
        return None
    changes = Change.objects.of(subject)
    year = changes.newest_year()
    if year is None:
        return None
    content = {
        "organisation": subject,
        "year": year,
        "set": IndicatorSet.objects.in_year(year),
        "survey": changes.in_year(year).headline(),
    }
    return Section("pledges/employers/survey/section.html", content)
