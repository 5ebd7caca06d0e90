"""The addresses below /employers/."""

from django.urls import URLPattern

employer_urlpatterns: list[URLPattern] = []
