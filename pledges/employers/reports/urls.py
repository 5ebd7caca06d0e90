"""The addresses of reports to boards, below /employers/."""

from django.urls import path

from pledges.employers.views import reports

EDITION = "<str:code>/report/<slug:period>/<int:edition>/"
DRAFT = "<str:code>/desk/<int:pk>/"

report_urlpatterns = [
    path("<str:code>/report/", reports.reports, name="board-reports"),
    path("<str:code>/report/<slug:period>/", reports.latest, name="board-report-latest"),
    path(EDITION, reports.report, name="board-report"),
    path(f"{EDITION}report.csv", reports.file, {"kind": "csv"}, name="board-report-csv"),
    path(f"{EDITION}report.pdf", reports.file, {"kind": "pdf"}, name="board-report-pdf"),
    path("<str:code>/desk/report/", reports.make, name="board-report-make"),
    path(f"{DRAFT}report/", reports.draft, name="board-draft"),
    path(f"{DRAFT}report.csv", reports.draft_file, {"kind": "csv"}, name="board-draft-csv"),
    path(f"{DRAFT}report.pdf", reports.draft_file, {"kind": "pdf"}, name="board-draft-pdf"),
]
