"""A page with MapLibre in Chromium reads the vector tiles of the real server."""

from pledges.pledging.models import Pledge
from tests.geo.ogcapi import maplibre
from tests.geo.ogcapi.test_clients import server, service

__all__ = ["server", "service"]


def test_maplibre_draws_tiles_whose_numbers_add_up(service):
    far, near = maplibre.drawn(service.address, "pledges", zooms=(1, 12))
    on_map = Pledge.objects.public().on_map().count()
    assert sum(each["count"] for each in far) == sum(each["count"] for each in near) == on_map > 60
    assert len(far) < len(near)
    assert all(each["demo"] is True for each in near)
