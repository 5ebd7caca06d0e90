"""A report as files, CSV and PDF for A4, with the content of its page."""

from collections.abc import Iterator

from django.conf import settings

from geo.core.csv import dumps
from geo.core.pdf import render
from geo.core.tables import Value
from pledges.employers.models.board_reports import BoardReport
from pledges.employers.reports.report import Report

HEAD = (
    *("organisation", "name", "demo", "period", "edition", "figures_of"),
    *("part", "pledge", "row", "measure", "value"),
)
Line = tuple[Value, ...]


def to_csv(report: Report, edition: BoardReport | None) -> str:
    """Return CSV with a line for each value; without an edition it is a draft."""
    employer = report.employer
    about = (
        *(employer["code"], employer["name"], employer["demo"], report.period.slug),
        *(edition.edition if edition else "draft", report.data["taken_on"]),
    )
    return dumps([HEAD, *((*about, *line) for line in lines_of(report))])


def lines_of(report: Report) -> Iterator[Line]:
    """Yield every text and value of the page, in its order."""
    if report.summary:
        yield ("summary", "", "", "text", report.summary)
    for number, ask in enumerate(report.asks, 1):
        yield ("asks", "", number, "text", ask)
    for table in report.tables:
        for key, _title, measure, value in table.records():
            yield (table.key, table.subject, key, measure, value)


def to_pdf(report: Report, edition: BoardReport | None, newer: BoardReport | None = None) -> bytes:
    """Return the report for A4 as PDF/UA-1, tagged. Raises PdfUnavailable."""
    context: dict[str, object] = {
        "report": report,
        "edition": edition,
        "newer": newer,
        "paper": True,
        "address": _address(edition) if edition else "",
    }
    return render("pledges/employers/report/sheet.html", context)


def _address(edition: BoardReport) -> str:
    """The address of the page as people type it."""
    return (settings.SITE_URL + edition.get_absolute_url()).partition("://")[2]
