"""Addresses of reporting, deciding and getting in touch, for the kinds that a site registers."""

from django.urls import URLPattern, path

from pledges.moderation.kinds import Kinds
from pledges.moderation.views import cases, messages, reports


def routes(kinds: Kinds) -> list[URLPattern]:
    """To be included before the addresses of pledges, whose last part may be any verb."""
    given = {"kinds": kinds}
    return [
        path("words/check.json", reports.check, name="check-words"),
        path("report/thanks/", reports.reported, name="reported"),
        path("report/<slug:slug>/<int:pk>/", reports.report, given, name="report"),
        path("pledges/<int:pk>/contact/", messages.contact, name="contact"),
        path("messages/<int:pk>/", messages.thread, name="thread"),
        path("moderation/", cases.queue, given, name="moderation"),
        path("moderation/<int:pk>/", cases.case, given, name="case"),
        path("mine/decisions/<int:pk>/", cases.decision, given, name="decision"),
        path("decisions/<str:token>/", cases.decision_link, given, name="decision-link"),
    ]
