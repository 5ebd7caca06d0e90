"""The table of contents."""

from django.urls import path

from config import health
from config.layers import LAYERS
from geo.views.tiles import tile
from pledges.views import summary

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.json", tile, {"layers": LAYERS}, name="tile"),
    path("map/summary.json", summary.numbers, name="summary"),
]
