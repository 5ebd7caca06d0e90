"""Registries: objects by dotted names, and a sentence at the start where a name is wrong."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from geo.areas.published import DISTRICTS, REGIONS
from geo.core.registry import check_registries, registered


def test_the_objects_come_in_the_order_of_their_names(settings) -> None:
    settings.REGISTRIES = {
        "LAYERS": ["geo.areas.published.REGIONS", "geo.areas.published.DISTRICTS"],
    }
    assert registered("LAYERS") == (REGIONS, DISTRICTS)


def test_a_setting_that_changes_is_read_again(settings) -> None:
    settings.REGISTRIES = {"LAYERS": ["geo.areas.published.REGIONS"]}
    assert registered("LAYERS") == (REGIONS,)
    settings.REGISTRIES = {"LAYERS": ["geo.areas.published.DISTRICTS"]}
    assert registered("LAYERS") == (DISTRICTS,)


def test_every_name_of_the_site_leads_to_an_object() -> None:
    assert check_registries(None) == []


@pytest.mark.parametrize(
    "dotted", ["geo.areas.published.NOTHING", "geo.no_such_module.REGIONS", "REGIONS"]
)
def test_a_wrong_name_stops_the_start_with_a_sentence(settings, dotted: str) -> None:
    settings.REGISTRIES = {"FEEDS": ["geo.areas.published.REGIONS", dotted]}
    with pytest.raises(SystemCheckError) as stopped:
        call_command("check")
    assert f"'{dotted}', registered as one of FEEDS, cannot be imported" in str(stopped.value)
    assert "config/registries.py" in str(stopped.value)
