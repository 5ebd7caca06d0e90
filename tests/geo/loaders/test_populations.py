"""Residents of areas from an operator's file."""

import pytest
from django.core.management import CommandError, call_command

from geo.areas.models import Area, Population


def load(tmp_path, text: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    call_command("load_populations", str(path))


def residents() -> dict[str, int]:
    return dict(Population.objects.values_list("area__code", "residents"))


def test_the_numbers_of_the_file_replace_those_of_before(ground, tmp_path):
    load(tmp_path, 'code,population,name\ny58,"1,000,000",West\n')
    load(tmp_path, "code,population\nE07000001,25000\nE99999999,4\n")
    assert residents() == {"E07000001": 25_000}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "code,people\nY58,5\n",
        "code,population\nY58,many\n",
        "code,population\nY58,-5\n",
        "code,population\nY58,nan\n",
        "code,population\nY58,5\ny58,6\n",
        "code,population\nE99999999,4\n",
    ],
)
def test_a_file_that_does_not_fit_changes_nothing(ground, tmp_path, text):
    Population.objects.create(area=ground.west, residents=7)
    with pytest.raises(CommandError):
        load(tmp_path, text)
    assert residents() == {"Y58": 7}


def test_a_file_that_is_not_there(ground):
    with pytest.raises(CommandError):
        call_command("load_populations", "/nowhere/people.csv")
    assert Area.objects.exists()
