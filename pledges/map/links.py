"""Addresses of the map, opened at a place."""

from django.contrib.gis.geos import Point
from django.urls import reverse

CLOSE = 15  # zoom at which streets' names could be read


def map_address(at: Point | None = None, query: str = "", zoom: int = CLOSE) -> str:
    """Return the map's address with these filters, centred on a public point if there is one."""
    address = reverse("map") + (f"?{query}" if query else "")
    return f"{address}#map={zoom}/{at.y:.4f}/{at.x:.4f}" if at else address
