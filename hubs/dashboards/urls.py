"""Addresses of dashboards of areas and organisations: pages, and the same as files."""

from django.urls import path

from hubs.dashboards import views

dashboard_urlpatterns = [
    path("areas/", views.areas, name="areas"),
    *(
        path(f"{base}s/<str:code>/{file}", view, {"kind": kind}, name=f"{base}-dashboard{suffix}")
        for base, view in (("area", views.area), ("organisation", views.organisation))
        for kind, file, suffix in (
            ("", "dashboard/", ""),
            *((kind, f"dashboard/dashboard.{kind}", f"-{kind}") for kind in views.KINDS),
        )
    ),
]
