"""Addresses of the search for places; `config.urls` puts them under `api/`."""

from django.urls import path

from geo.geocoding.views import geocode, reverse, suggest

geocode_urlpatterns = [
    path("geocode", geocode, name="api-geocode"),
    path("suggest", suggest, name="api-suggest"),
    path("reverse", reverse, name="api-reverse"),
]
