"""Themes and Change Days are data that an operator may change."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from geo.core.errors import GeoError
from pledges.organisations.loaders import reference
from pledges.pledging.models import ChangeDay, Theme

THEME = {"number": 1, "slug": "care", "name": "Care", "colour": "#123456", "symbol": "circle"}


@pytest.fixture
def file(tmp_path):
    def write(content: object):
        path = tmp_path / "data.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return write


def silently(words: str) -> None:
    """A report that nobody reads."""


def test_the_shipped_ones_load_once(db, capsys):
    call_command("load_reference")
    slugs = list(Theme.objects.values_list("slug", flat=True))
    assert slugs == ["care", "integration", "attitude", "perspectives", "patients", "staff"]
    assert ChangeDay.objects.get(date="2014-03-03").goal == 500_000
    capsys.readouterr()
    call_command("load_reference")
    assert capsys.readouterr().out.count("already loaded") == 2


def test_a_seventh_theme_joins_and_an_unnamed_one_stays(db, file):
    reference.load_themes(silently, file([THEME]))
    seventh = {**THEME, "number": 7, "slug": "planet", "name": "The planet"}
    assert reference.load_themes(silently, file([seventh, {**THEME, "name": "Better care"}]))
    assert list(Theme.objects.values_list("name", flat=True)) == ["The planet", "Better care"]
    assert reference.load_themes(silently, file([seventh]))
    assert Theme.objects.count() == 2


@pytest.mark.parametrize(
    "fault",
    [
        {"number": 2},
        {"number": 13, "slug": "other"},
        {"number": 0, "slug": "other"},
        {"number": None, "slug": "other"},
        {"name": ""},
        {"slug": "no slug"},
        {"size": "large"},
    ],
)
def test_a_faulty_theme_changes_nothing(db, file, fault):
    reference.load_themes(silently, file([THEME]))
    with pytest.raises(GeoError, match=r"data\.json"):
        reference.load_themes(silently, file([{**THEME, "name": "Changed"}, {**THEME, **fault}]))
    assert Theme.objects.get().name == "Care"


@pytest.mark.parametrize("content", ["", "{", "{}", "[1]", '[{"date": "soon", "name": "x"}]'])
def test_a_file_of_something_else_is_refused(db, file, content):
    with pytest.raises(CommandError, match=r"data\.json"):
        call_command("load_reference", change_days=file(content))
