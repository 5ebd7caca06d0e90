"""Hubs from a file into the table."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from geo.areas.models import Area
from geo.core.errors import GeoError
from hubs.hub import loaders
from hubs.hub.models import Hub
from tests.country import draw_country
from tests.hubs.conftest import EAST, WEST, silently


def test_a_hub_has_its_place_and_serves_its_areas(hubs, ground):
    west = hubs["west"]
    assert west.location.coords == (-3.5, 51.0)
    assert list(west.areas.values_list("code", flat=True)) == ["Y58"]
    assert Hub.objects.serving(ground.east).get() == hubs["east"]


def test_welsh_readers_meet_the_hub_in_welsh_where_it_has_welsh_words(hubs):
    with translation.override("cy"):
        assert hubs["west"].local_name == "Hyb y Gorllewin"
        assert hubs["west"].local_welcome == "Dewch i mewn."
        assert hubs["east"].local_name == "East hub"
    assert hubs["west"].local_name == "West hub"


def test_the_same_file_again_leaves_what_an_operator_corrected(hubs, hubs_file):
    Hub.objects.filter(slug="west").update(email="hello@west.example.org")
    path = hubs_file([WEST, EAST])
    assert not loaders.load_hubs(silently, path)
    assert Hub.objects.get(slug="west").email == "hello@west.example.org"
    assert loaders.load_hubs(silently, path, force=True)
    assert Hub.objects.get(slug="west").email == "west@example.org"
    assert Hub.objects.count() == 2


def test_a_changed_file_updates_its_hubs_and_keeps_the_others(hubs, hubs_file):
    assert loaders.load_hubs(silently, hubs_file([{**WEST, "place": "Newtown"}]))
    assert Hub.objects.get(slug="west").place == "Newtown"
    assert Hub.objects.filter(slug="east").exists()


@pytest.mark.parametrize(
    "fault",
    [
        {"areas": ["Y99"]},
        {"lat": "north"},
        {"lat": float("nan")},
        {"lon": 200},
        {"email": "nobody"},
        {"slug": "not a slug"},
        {"name": ""},
        {"name": None},
        {"areas": None},
    ],
)
def test_one_faulty_hub_and_none_is_loaded(ground, hubs_file, fault):
    with pytest.raises(GeoError, match=r"hubs\.json"):
        loaders.load_hubs(silently, hubs_file([WEST, {**EAST, **fault}]))
    assert not Hub.objects.exists()


@pytest.mark.parametrize("content", [{}, 7, [7], "hubs"])
def test_a_file_of_something_else_is_refused_with_its_name(ground, hubs_file, content):
    with pytest.raises(CommandError, match=r"hubs\.json"):
        call_command("load_hubs", hubs_file(content))


def test_a_file_that_is_not_there_is_named(ground):
    with pytest.raises(CommandError, match=r"nowhere\.json"):
        call_command("load_hubs", Path("nowhere.json"))


def test_the_shipped_hubs_serve_each_of_the_ten_regions_once(db):
    draw_country()
    call_command("load_hubs", verbosity=0)
    served = [hub.areas.get() for hub in Hub.objects.all()]
    assert len(served) == 10
    assert set(served) == set(Area.objects.regions())


def test_the_shipped_contacts_are_placeholders():
    for row in json.loads(loaders.HUBS.read_text(encoding="utf-8")):
        assert row["email"].endswith("@example.org")
