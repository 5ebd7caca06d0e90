"""What the staff pledges and the survey add to pages, in the order of the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pledges.employers.models.board import BoardReport
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.employers.profile import anything, standing
from pledges.employers.survey.panels import employer_panel, pledge_panel
from pledges.organisations.models import Organisation
from pledges.sections import Section, Subject

REPORTS_SHOWN = 8


@dataclass(frozen=True)
class PublishedReports:
    employer: Organisation
    reports: Sequence[BoardReport]


def report_panel(employer: Organisation) -> Section | None:
    """The latest reports to its board."""
    rows = BoardReport.objects.of(employer).latest().defer("content")
    found = list(rows.select_related("organisation")[:REPORTS_SHOWN])
    return (
        Section("pledges/employers/report/of_employer.html", PublishedReports(employer, found))
        if found
        else None
    )


# Each answers nothing where there is nothing to say.
PLEDGE_PANELS: tuple[Callable[[StaffPledge], Section | None], ...] = (pledge_panel,)
EMPLOYER_PANELS: tuple[Callable[[Organisation], Section | None], ...] = (
    employer_panel,
    report_panel,
)


def of_pledge(pledge: StaffPledge) -> list[Section]:
    return [section for source in PLEDGE_PANELS if (section := source(pledge))]


def of_employer(employer: Organisation) -> list[Section]:
    return [section for source in EMPLOYER_PANELS if (section := source(employer))]


def employer_section(subject: Subject) -> Section | None:
    """What the employer adopted, values and does; nothing where none of it was published."""
    if not isinstance(subject, Organisation):
        return None
    if not anything(subject):
        return None
    return Section("pledges/employers/section.html", standing(subject))
