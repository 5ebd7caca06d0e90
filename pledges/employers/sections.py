"""The sections that staff pledges and the survey add to pages, in the order of each page."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.maps.base import MapParts
from geo.maps.shades import COLOURS
from pledges.employers.matrix.overview import Overview
from pledges.employers.matrix.story import FindingChange, finding_changes
from pledges.employers.models.board_reports import BoardReport
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.models.survey import Change, IndicatorSet, PlaceChange
from pledges.employers.profile import EmployerProfile, has_profile
from pledges.employers.survey.statistics import Headline
from pledges.organisations.models import Organisation
from pledges.sections import Section, Subject

REPORTS_SHOWN = 8
# What other apps add to the page of an action; None where they have nothing about it.


@dataclass(frozen=True)
class PledgeSurvey:
    """The findings of a staff pledge: how they changed, and where."""

    pledge: StaffPledge
    overview: Overview
    map: MapParts | None
    shades: tuple[str, ...] = COLOURS


@dataclass(frozen=True)
class EmployerSurvey:
    """The findings of an employer in its last year, and the headlines of the years before."""

    organisation: Organisation
    year: int
    set: IndicatorSet | None
    survey: Headline
    findings: list[FindingChange]
    earlier: list[tuple[int, Headline]]

    @property
    def before(self) -> int:
        return self.year - 1


@dataclass(frozen=True)
class PublishedReports:
    employer: Organisation
    reports: Sequence[BoardReport]


def of_pledge(pledge: StaffPledge) -> list[Section]:
    """On the page of a staff pledge: the survey."""
    year = PlaceChange.objects.about(pledge).newest_year()
    if year is None:
        return []
    found = Overview.of(year, pledge)
    content = PledgeSurvey(pledge, found, found.map())
    return [Section("pledges/employers/survey/of_pledge.html", content)]


def of_employer(employer: Organisation) -> list[Section]:
    """On the page of an employer: the survey, and the latest reports to its board."""
    sections = []
    years: dict[int, Headline] = Change.objects.of(employer).headlines("year")
    if years:
        year = max(years)
        content = EmployerSurvey(
            organisation=employer,
            year=year,
            set=IndicatorSet.objects.in_year(year),
            survey=years[year],
            findings=finding_changes(employer, year),
            earlier=[(one, years[one]) for one in sorted(years, reverse=True)[1:]],
        )
        sections.append(Section("pledges/employers/survey/of_employer.html", content))
    rows = BoardReport.objects.of(employer).current().defer("content")
    if reports := list(rows.select_related("organisation")[:REPORTS_SHOWN]):
        published = PublishedReports(employer, reports)
        sections.append(Section("pledges/employers/report/of_employer.html", published))
    return sections


def employer_section(subject: Subject) -> Section | None:
    """On the page of an organisation: what it published about the staff pledges."""
    if not isinstance(subject, Organisation) or not has_profile(subject):
        return None
    return Section("pledges/employers/section.html", EmployerProfile.of(subject))


def survey_section(subject: Subject) -> Section | None:
    """On the page of an organisation: the headline of its last survey."""
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
