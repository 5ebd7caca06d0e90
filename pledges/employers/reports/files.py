"""A report as files: CSV, and PDF for A4, with what the page says and no more."""

import csv
import io
from collections.abc import Iterator

from django.conf import settings
from django.template.loader import render_to_string

from pledges.certificates.printing import paper
from pledges.employers.models.board import BoardReport
from pledges.employers.reports.report import Report
from pledges.employers.reports.tables import Plain
from pledges.feed.files import cell

HEAD = (
    *("organisation", "name", "demo", "period", "edition", "figures_of"),
    *("part", "pledge", "row", "measure", "value"),
)
Line = tuple[Plain, ...]


def table(report: Report, edition: BoardReport | None) -> str:
    """Return CSV (RFC 4180): a line a value. What is no published edition has none."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(HEAD)
    employer = report.employer
    about = (
        *(employer["code"], employer["name"], employer["demo"], report.period.slug),
        *(edition.edition if edition else "draft", report.data["taken_on"]),
    )
    for line in lines_of(report):
        lines.writerow([cell(value) for value in (*about, *line)])
    return written.getvalue()


def lines_of(report: Report) -> Iterator[Line]:
    """Yield every text and value of the page, in its order."""
    if report.summary:
        yield ("summary", "", "", "text", report.summary)
    for number, ask in enumerate(report.asks, 1):
        yield ("asks", "", number, "text", ask)
    for shown in report.tables:
        for head, cells, _sums in shown.lines:
            for column, value in cells:
                yield (shown.key, shown.pledge, head.plain, column.key, value.plain)


def pdf(report: Report, edition: BoardReport | None, newer: BoardReport | None = None) -> bytes:
    """Return the report for A4 as PDF/UA-1, tagged. Raises NoPrinter."""
    context = {
        "report": report,
        "edition": edition,
        "newer": newer,
        "paper": True,
        "address": _address(edition) if edition else "",
    }
    return paper(render_to_string("pledges/employers/report/sheet.html", context))


def _address(edition: BoardReport) -> str:
    """The page's address as it is typed."""
    return (settings.SITE_URL + edition.get_absolute_url()).partition("://")[2]
