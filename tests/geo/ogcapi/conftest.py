"""What the tests of the API share: a short way to ask, and things to ask for."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import Ground
from tests.geo.ogcapi import catalogue


@pytest.fixture
def ask(client: Client) -> Callable[..., HttpResponse]:
    """Ask the API: `ask("collections/pledges/items", limit=5)`. Parameters are written as given."""

    def get(path: str = "", **query: object) -> HttpResponse:
        # The standard's own `bbox-crs` is no name for a Python argument.
        return client.get(
            f"/api/{path}", {name.replace("__", "-"): value for name, value in query.items()}
        )

    return get


@pytest.fixture
def full(ground: Ground, count_up: Callable[[], int]) -> Ground:
    """The ground with 60 pledges of all kinds, 12 organisations more, 3 hubs and 5 events."""
    catalogue.write_pledges(ground, 60)
    catalogue.write_organisations(12)
    catalogue.write_events(ground, catalogue.write_hubs(ground))
    count_up()
    return ground


COLLECTIONS = ("pledges", "organisations", "hubs", "events", "districts", "regions")
