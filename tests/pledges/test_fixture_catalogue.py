"""Hubs, themes and Change Days that come with the project, checked without a database."""

import datetime as dt
import itertools
import json
from pathlib import Path

import numpy as np
import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
REGIONS = {
    *("Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63"),
    *("W92000004", "S92000003", "N92000002"),
}
BACKGROUNDS = ("#ffffff", "#f0f4f5")
# Linear RGB as seen without one kind of cone (Machado, Oliveira and Fernandes, 2009; severity 1).
SIGHT = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def read(name: str) -> list[dict]:
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


def linear(colour: str) -> np.ndarray:
    """Linear RGB, 0 to 1, of "#rrggbb"."""
    part = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    dark, light = sorted(float((TO_XYZ[1] * linear(colour)).sum()) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear RGB."""
    part = (TO_XYZ @ np.clip(rgb, 0, 1)) / WHITE
    x, y, z = np.where(part > 0.008856, np.cbrt(part), 7.787 * part + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_there_is_one_hub_for_each_region():
    hubs = read("hubs.json")
    assert {hub["code"] for hub in hubs} == REGIONS
    assert sorted(code for hub in hubs for code in hub["areas"]) == sorted(REGIONS)
    for field in ("slug", "name", "name_cy", "welcome", "welcome_cy", "email", "place"):
        assert len({hub[field] for hub in hubs} - {""}) == len(REGIONS), field


def test_hubs_stand_in_the_united_kingdom_and_take_no_real_mail():
    for hub in read("hubs.json"):
        assert -8.7 < hub["lon"] < 1.8, hub["name"]
        assert 49.8 < hub["lat"] < 60.9, hub["name"]
        assert hub["email"] == f"{hub['slug']}@example.org"


def test_there_are_six_themes_in_the_agreed_order():
    themes = read("themes.json")
    assert [theme["slug"] for theme in themes] == [
        *("care", "integration", "attitude", "perspectives", "patients", "staff")
    ]
    assert [theme["number"] for theme in themes] == [1, 2, 3, 4, 5, 6]
    for field in ("name", "name_cy", "description", "colour", "symbol"):
        assert len({theme[field] for theme in themes} - {""}) == len(themes), field


@pytest.mark.parametrize("background", BACKGROUNDS)
def test_theme_colours_stand_out_from_the_page(background):
    # WCAG 2.2, 1.4.11: graphics need 3 to 1.
    ratios = {t["slug"]: contrast(t["colour"], background) for t in read("themes.json")}
    assert {slug: ratio for slug, ratio in ratios.items() if ratio < 3} == {}


@pytest.mark.parametrize("sight", SIGHT)
def test_theme_colours_differ_for_every_kind_of_sight(sight):
    seen = {t["slug"]: lab(SIGHT[sight] @ linear(t["colour"])) for t in read("themes.json")}
    alike = [
        (one, other)
        for one, other in itertools.combinations(seen, 2)
        if np.linalg.norm(seen[one] - seen[other]) < 20
    ]
    assert alike == []


def test_change_days_are_dated_in_order_with_goals_where_known():
    days = {entry["date"]: entry for entry in read("change_days.json")}
    assert list(days) == sorted(days)
    assert all(dt.date.fromisoformat(date) for date in days)
    assert all(entry["name"] and entry["name_cy"] for entry in days.values())
    assert (days["2013-03-13"]["goal"], days["2013-03-13"]["reported"]) == (65_000, 189_000)
    assert days["2014-03-03"]["goal"] == 500_000
    assert max(days) == "2027-03-03"
