"""Hubs on the ground of the tests."""

import json
from pathlib import Path

import pytest

from hubs.loaders import load_hubs
from hubs.models import Hub

WEST = {
    "code": "Y58",
    "slug": "west",
    "name": "West hub",
    "name_cy": "Hyb y Gorllewin",
    "welcome": "Come in.",
    "welcome_cy": "Dewch i mewn.",
    "email": "west@example.org",
    "place": "Westham",
    "lon": -3.5,
    "lat": 51.0,
    "areas": ["Y58"],
}
EAST = {
    **WEST,
    "code": "Y59",
    "slug": "east",
    "name": "East hub",
    "name_cy": "",
    "place": "Eastham",
    "lon": -0.5,
    "areas": ["Y59"],
}


def silently(words: str) -> None:
    """A report that nobody reads."""


@pytest.fixture
def hubs_file(tmp_path):
    """Write a file of hubs, or of anything else."""

    def write(rows: object) -> Path:
        path = tmp_path / "hubs.json"
        path.write_text(json.dumps(rows))
        return path

    return write


@pytest.fixture
def hubs(ground, hubs_file) -> dict[str, Hub]:
    """A hub far in the west of West, and one far in the east of East."""
    load_hubs(silently, hubs_file([WEST, EAST]))
    return {hub.slug: hub for hub in Hub.objects.all()}
