"""The organisations that come with the project: true, complete, consistent; no database needed."""

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
from django.utils.text import slugify

from pledges.organisations.models import Organisation

FOLDER = Path(__file__).parents[2] / "fixtures" / "organisations"
CODE, NAME, REGION, POSTCODE, OPENED, CLOSED = 0, 1, 2, 9, 10, 11
COLUMNS = 27
NATIONS = {"W92000004", "S92000003", "N92000002"}
ENGLISH_REGIONS = {"Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63"}
POSTCODE_FORM = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}")
DOMAIN_FORM = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
# Domains in which many organisations have addresses say nothing about which one it is.
SHARED_DOMAINS = {"nhs.net", "nhs.uk", "nhs.scot", "wales.nhs.uk", "nhs.wales", "hscni.net"}
# The day the list was checked: a date after it would be an announcement, not a fact.
CHECKED = dt.date(2026, 11, 22)


def day(text: str) -> dt.date | None:
    if not text:
        return None
    assert re.fullmatch(r"[0-9]{8}", text), text
    return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))


def words(text: str) -> list[str]:
    return text.split("|") if text else []


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    with (FOLDER / "organisations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def by_key(rows) -> dict[str, list[str]]:
    return {row[CODE] or slugify(row[NAME]): row for row in rows}


@pytest.fixture(scope="module")
def details() -> dict[str, dict[str, str]]:
    with (FOLDER / "details.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def test_layout_is_that_of_the_organisation_data_service(rows):
    assert {len(row) for row in rows} == {COLUMNS}
    untrimmed = [cell for row in rows for cell in row if cell != cell.strip()]
    assert untrimmed == []


def test_codes_names_and_slugs_are_unique(rows, by_key):
    codes = Counter(row[CODE] for row in rows if row[CODE])
    slugs = Counter(slugify(row[NAME]) for row in rows)
    assert [code for code, count in codes.items() if count > 1] == []
    assert [slug for slug, count in slugs.items() if count > 1] == []
    assert len(by_key) == len(rows)


def test_enough_open_organisations_in_every_region(rows):
    still_open = Counter(row[REGION] for row in rows if not row[CLOSED])
    assert still_open.keys() == NATIONS | ENGLISH_REGIONS
    assert sum(still_open.values()) >= 60
    assert {region: n for region, n in still_open.items() if n < 3} == {}
    assert {
        region: still_open[region] for region in ENGLISH_REGIONS if still_open[region] < 6
    } == {}


def test_names_are_written_as_words(rows):
    shouted = [row[NAME] for row in rows if row[NAME].isupper()]
    wrong = [
        row[NAME]
        for row in rows
        if re.search(r"\b(Nhs|And|Of|Upon|'S)\b|&|\s{2}", row[NAME]) or not row[NAME]
    ]
    assert shouted == []
    assert wrong == []


def test_postcodes_are_whole_and_well_formed(rows):
    assert [row[:2] for row in rows if not POSTCODE_FORM.fullmatch(row[POSTCODE])] == []


def test_dates_are_days_in_order_and_past(rows):
    for row in rows:
        opened, closed = day(row[OPENED]), day(row[CLOSED])
        assert all(date <= CHECKED for date in (opened, closed) if date), row[NAME]
        if closed:
            assert opened, row[NAME]
            assert opened < closed, row[NAME]


def test_every_organisation_has_its_details_and_no_other(by_key, details):
    assert details.keys() == by_key.keys()
    assert {detail["kind"] for detail in details.values()} <= set(Organisation.Kind.values)
    assert [code for code, detail in details.items() if not detail["source"]] == []


def test_what_closed_has_open_or_closed_successors_known_both_ways(by_key, details):
    for key, detail in details.items():
        successors, predecessors = words(detail["successors"]), words(detail["predecessors"])
        assert set(successors + predecessors) <= by_key.keys() - {key}, key
        assert bool(successors) == bool(by_key[key][CLOSED]), key
        for other in successors:
            assert key in words(details[other]["predecessors"]), (key, other)
        for other in predecessors:
            assert key in words(details[other]["successors"]), (key, other)


def test_a_successor_was_there_when_its_predecessor_closed(by_key, details):
    for key, detail in details.items():
        for other in words(detail["successors"]):
            closed = day(by_key[key][CLOSED])
            begun, ended = day(by_key[other][OPENED]), day(by_key[other][CLOSED])
            assert begun <= closed + dt.timedelta(days=1), (key, other)
            assert ended is None or ended > closed, (key, other)


def test_email_domains_belong_to_one_line_of_organisations(by_key, details):
    holders: dict[str, list[str]] = {}
    for key, detail in details.items():
        for domain in words(detail["email_domains"]):
            assert DOMAIN_FORM.fullmatch(domain), domain
            assert domain not in SHARED_DOMAINS, key
            holders.setdefault(domain, []).append(key)
    for domain, keys in holders.items():
        still_open = [key for key in keys if not by_key[key][CLOSED]]
        assert len(still_open) <= 1, (domain, still_open)


@pytest.mark.parametrize(
    ("code", "name", "alias", "closed", "successors"),
    [
        ("RVJ", "North Bristol NHS Trust", "Southmead Hospital", "20260630", ["RA7"]),
        ("RM3", "Northern Care Alliance NHS Foundation Trust", "Salford Royal Hospital", "", []),
        ("RJ1", "Guy's and St Thomas' NHS Foundation Trust", "Guy's Hospital", "", []),
        ("RXM", "Derbyshire Healthcare NHS Foundation Trust", "Kingsway Hospital", "", []),
        (
            "RWN",
            "South Essex Partnership University NHS Foundation Trust",
            "South Essex Partnership NHS Foundation Trust",
            "20170331",
            ["R1L"],
        ),
        (
            "RH5",
            "Somerset NHS Foundation Trust",
            "Somerset Partnership NHS Foundation Trust",
            "",
            [],
        ),
    ],
)
def test_first_pledging_organisations_and_what_became_of_them(
    by_key, details, code, name, alias, closed, successors
):
    detail = details[code]
    assert by_key[code][NAME] == name
    assert by_key[code][CLOSED] == closed
    assert words(detail["successors"]) == successors
    assert alias in words(detail["former_names"]) + words(detail["site_names"])
