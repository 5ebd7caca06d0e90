"""The addresses below /employers/ that show what employers do and what their staff say of it."""

from django.urls import path

from pledges.employers.views import matrix, survey

survey_urlpatterns = [
    path("", matrix.matrix, name="employers"),
    path("matrix.csv", matrix.table, name="employers-table"),
    path("overview/", matrix.overview, name="employers-overview"),
    path("story/<str:code>/<slug:slug>/", matrix.story, name="employer-story"),
    path("survey/import/", survey.begin, name="survey-import"),
    path("survey/import/<int:pk>/", survey.trial, name="survey-trial"),
    path("survey/import/<int:pk>/<slug:verb>/", survey.act, name="survey-act"),
]
