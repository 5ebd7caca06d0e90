"""Addresses of reporting, deciding and getting in touch."""

from django.urls import path

from pledges.moderation.views import cases, messages, reports

# To be included before the addresses of pledges, whose last part may be any verb.
moderation_urlpatterns = [
    path("words/check.json", reports.check, name="check-words"),
    path("report/thanks/", reports.reported, name="reported"),
    path("report/<slug:slug>/<int:pk>/", reports.report, name="report"),
    path("pledges/<int:pk>/contact/", messages.contact, name="contact"),
    path("messages/<int:pk>/", messages.thread, name="thread"),
    path("moderation/", cases.queue, name="moderation"),
    path("moderation/<int:pk>/", cases.case, name="case"),
    path("mine/decisions/<int:pk>/", cases.decision, name="decision"),
    path("decisions/<str:token>/", cases.decision_link, name="decision-link"),
]
