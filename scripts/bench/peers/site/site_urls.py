"""Addresses of the peer site."""

from django.urls import path
from peersite import views

urlpatterns = [
    path("tiles/<int:z>/<int:x>/<int:y>.mvt", views.Tile.as_view()),
    path("pledges", views.Items.as_view()),
    path("district", views.Around.as_view()),
    path("postcodes/<str:pk>", views.Found.as_view()),
    path("places", views.Begun.as_view()),
    path("hubs", views.Nearest.as_view()),
    path("dashboards/<int:region>", views.dashboard),
]
