"""What else stands on the pages of the staff pledges and of employers, in the order of the page."""

from collections.abc import Callable

from pledges.employers.models import StaffPledge
from pledges.employers.reports.panel import report_panel
from pledges.employers.survey.panels import employer_panel, pledge_panel
from pledges.models import Organisation
from pledges.sections import Section

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
