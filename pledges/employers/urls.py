"""The addresses below /employers/."""

from django.urls import path

from pledges.employers.reports.urls import report_urlpatterns
from pledges.employers.survey.urls import survey_urlpatterns
from pledges.employers.views import desk, induction, mails, pages, proposals, writing

employer_urlpatterns = [
    *survey_urlpatterns,
    path("pledges/", pages.pledges, name="staff-pledges"),
    path("pledges/<slug:slug>/", pages.pledge, name="staff-pledge"),
    path("actions/<int:pk>/", pages.action, name="action"),
    path("evidence/<int:pk>/file/", pages.evidence, name="evidence-file"),
    path("practice/", pages.good_practice, name="good-practice"),
    path("mine/", desk.mine, name="my-employers"),
    path("mails/", mails.mails, name="employer-mails"),
    path("mails/off/<str:token>/", mails.mails_off, name="employer-mails-off"),
    *report_urlpatterns,
    path("<str:code>/", pages.employer, name="employer"),
    path("<str:code>/induction/", induction.page, name="induction"),
    path("<str:code>/induction.pdf", induction.pdf, name="induction-pdf"),
    path("<str:code>/desk/", desk.desk, name="employer-desk"),
    path("<str:code>/desk/history/", desk.history, name="employer-history"),
    path("<str:code>/desk/copy/", desk.copy, name="employer-copy"),
    path("<str:code>/desk/new/<slug:kind>/", writing.new, name="employer-new"),
    path("<str:code>/desk/actions/<int:pk>/<slug:kind>/", writing.tell, name="employer-tell"),
    path(
        "<str:code>/desk/public/<slug:kind>/<int:pk>/change/",
        writing.change,
        name="employer-change",
    ),
    path(
        "<str:code>/desk/public/<slug:kind>/<int:pk>/remove/",
        writing.remove,
        name="employer-remove",
    ),
    path("<str:code>/desk/<int:pk>/", proposals.proposal, name="employer-proposal"),
    path("<str:code>/desk/<int:pk>/edit/", writing.edit, name="employer-proposal-edit"),
    path("<str:code>/desk/<int:pk>/file/", proposals.file, name="employer-proposal-file"),
    path("<str:code>/desk/<int:pk>/decide/", proposals.decide, name="employer-decide"),
    path("<str:code>/desk/<int:pk>/<slug:verb>/", proposals.act, name="employer-act"),
]
