"""The addresses below /employers/."""

from django.urls import path

from pledges.employers.views import desk, matrix, pages, proposals, reports, survey

DESK = "<str:code>/desk/"
PUBLIC = f"{DESK}public/<slug:kind>/<int:pk>/"
PROPOSAL = f"{DESK}<int:pk>/"
EDITION = "<str:code>/report/<slug:period>/<int:edition>/"

matrix_patterns = [
    path("", matrix.matrix, name="employers"),
    path("matrix.csv", matrix.table, name="employers-table"),
    path("overview/", matrix.overview, name="employers-overview"),
    path("story/<str:code>/<slug:slug>/", matrix.story, name="employer-story"),
]
survey_patterns = [
    path("survey/import/", survey.start, name="survey-import"),
    path("survey/import/<int:pk>/", survey.check, name="survey-trial"),
    path("survey/import/<int:pk>/<slug:verb>/", survey.act, name="survey-act"),
]
report_patterns = [
    path("<str:code>/report/", reports.reports, name="board-reports"),
    path("<str:code>/report/<slug:period>/", reports.latest, name="board-report-latest"),
    path(EDITION, reports.report, name="board-report"),
    path(f"{EDITION}report.csv", reports.file, {"kind": "csv"}, name="board-report-csv"),
    path(f"{EDITION}report.pdf", reports.file, {"kind": "pdf"}, name="board-report-pdf"),
    path(f"{DESK}report/", reports.make, name="board-report-make"),
    path(f"{PROPOSAL}report/", reports.draft, name="board-draft"),
    path(f"{PROPOSAL}report.csv", reports.draft_file, {"kind": "csv"}, name="board-draft-csv"),
    path(f"{PROPOSAL}report.pdf", reports.draft_file, {"kind": "pdf"}, name="board-draft-pdf"),
]
desk_patterns = [
    path(DESK, desk.desk, name="employer-desk"),
    path(f"{DESK}history/", desk.history, name="employer-history"),
    path(f"{DESK}copy/", desk.copy, name="employer-copy"),
    path(f"{DESK}new/<slug:kind>/", proposals.new, name="employer-new"),
    path(f"{DESK}actions/<int:pk>/<slug:kind>/", proposals.add, name="employer-tell"),
    path(f"{PUBLIC}change/", proposals.change, name="employer-change"),
    path(f"{PUBLIC}remove/", proposals.remove, name="employer-remove"),
    path(PROPOSAL, proposals.proposal, name="employer-proposal"),
    path(f"{PROPOSAL}edit/", proposals.edit, name="employer-proposal-edit"),
    path(f"{PROPOSAL}file/", proposals.file, name="employer-proposal-file"),
    path(f"{PROPOSAL}decide/", proposals.decide, name="employer-decide"),
    path(f"{PROPOSAL}<slug:verb>/", proposals.act, name="employer-act"),
]


employer_urlpatterns = [
    *matrix_patterns,
    *survey_patterns,
    path("pledges/", pages.pledges, name="staff-pledges"),
    path("pledges/<slug:slug>/", pages.pledge, name="staff-pledge"),
    path("actions/<int:pk>/", pages.action, name="action"),
    path("evidence/<int:pk>/file/", pages.evidence, name="evidence-file"),
    path("practice/", pages.good_practice, name="good-practice"),
    path("mine/", desk.my_employers, name="my-employers"),
    path("mails/", desk.mails, name="employer-mails"),
    path("mails/off/<str:token>/", desk.mails_off, name="employer-mails-off"),
    *report_patterns,
    path("<str:code>/", pages.employer, name="employer"),
    path("<str:code>/induction/", pages.induction, name="induction"),
    path("<str:code>/induction.pdf", pages.induction_pdf, name="induction-pdf"),
    *desk_patterns,
]
