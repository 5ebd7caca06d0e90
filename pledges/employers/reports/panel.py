"""What published reports add to the page of an employer."""

from collections.abc import Sequence
from dataclasses import dataclass

from pledges.employers.models.board import BoardReport
from pledges.organisations.models import Organisation
from pledges.sections import Section

SHOWN = 8


@dataclass(frozen=True)
class OfEmployer:
    employer: Organisation
    reports: Sequence[BoardReport]


def report_panel(employer: Organisation) -> Section | None:
    rows = BoardReport.objects.of(employer).latest().defer("content")
    found = list(rows.select_related("organisation")[:SHOWN])
    return (
        Section("pledges/employers/report/of_employer.html", OfEmployer(employer, found))
        if found
        else None
    )
