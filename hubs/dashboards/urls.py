"""Addresses of dashboards; what other apps add to each is handed in."""

from collections.abc import Sequence

from django.urls import URLPattern, path

from hubs.dashboards import views
from hubs.dashboards.dashboard import Source


def dashboard_routes(sources: Sequence[Source]) -> list[URLPattern]:
    """The pages of areas and organisations, and the same as files."""
    found = [path("areas/", views.areas, name="areas")]
    for base, view in (("area", views.area), ("organisation", views.organisation)):
        at = f"{base}s/<str:code>/dashboard"
        name = f"{base}-dashboard"
        found.append(path(f"{at}/", view, {"sources": sources}, name=name))
        found += [
            path(
                f"{at}/dashboard.{kind}",
                view,
                {"sources": sources, "kind": kind},
                name=f"{name}-{kind}",
            )
            for kind in views.KINDS
        ]
    return found
