"""The table of contents."""

from django.urls import include, path

from config import health
from config.layers import LAYERS
from config.sections import SECTIONS
from geo.ogc.urls import routes
from geo.ogc.views import Landing
from geo.views.tiles import tile
from hubs.views import nearest_hub
from pledges.views import organisations, pledges, summary

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("tiles/<slug:layer>/<int:z>/<int:x>/<int:y>.json", tile, {"layers": LAYERS}, name="tile"),
    path("api", Landing.as_view(layers=LAYERS)),
    path("api/nearest-hub", nearest_hub, name="nearest-hub"),
    path("api/", include(routes(LAYERS))),
    path("map/summary.json", summary.numbers, name="summary"),
    path("pledges/<int:pk>/", pledges.pledge, {"sections": SECTIONS}, name="pledge"),
    path("pledges/<int:pk>/popup/", pledges.popup, name="pledge-popup"),
    path("spots/<int:morton>/", pledges.spot, name="spot"),
    path("organisations/suggest.json", organisations.suggest, name="suggest"),
    path(
        "organisations/<str:code>/",
        organisations.organisation,
        {"sections": SECTIONS},
        name="organisation",
    ),
]
