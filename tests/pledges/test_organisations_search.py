"""Organisations found by what people call them, while they type and when they search."""

import datetime
import json

import pytest
from django.db import connection

from geo.areas.area_cache import current_areas
from geo.geocoding import chain
from geo.geocoding.results import Kind
from pledges.organisations import search
from pledges.organisations.models import Organisation
from tests.factories import make_organisation


@pytest.fixture
def merged(ground) -> Organisation:
    """A hospital that ended, and the trust that took over its work and its site."""
    late = make_organisation(
        "RXC",
        "Old Orchard Hospital",
        (-1.2, 50.2),
        ground.cottleigh,
        closed=datetime.date(2020, 3, 31),
        site_names=["St. Agnes’ Wing"],
    )
    new = make_organisation(
        "RXD",
        "Cottleigh Care",
        (-1.1, 50.1),
        ground.cottleigh,
        former_names=["Ynys Môn & Coast Trust"],
        site_names=["St. Agnes’ Wing"],
        postcode="SO14 0AA",
    )
    late.successors.add(new)
    return new


def codes(words: str) -> list[str]:
    return [organisation.public_code for organisation in search.organisations(words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("RXD", ["RXD"]),
        ("rxd", ["RXD"]),
        ("cottleigh care", ["RXD"]),
        ("cottleigh", ["RXD"]),
        ("care cottleigh", ["RXD"]),
        ("ynys mon and coast", ["RXD"]),
        ("saint agnes", ["RXD", "RXC"]),
        ("ST AGNES WING", ["RXD", "RXC"]),
        ("orchard", ["RXC"]),
        ("oldd orchrd", ["RXC"]),
        ("hospital", ["RXA", "RXC"]),
        ("o", []),
        ("zebra crossing", []),
        ("%%", []),
        ("’’’", []),
        ("' or 1=1 --", []),
    ],
)
def test_a_name_finds_its_organisations_in_this_order(merged, words, found):
    assert codes(words) == found


def test_one_that_begins_so_comes_before_one_that_holds_it(merged, ground):
    make_organisation("RXE", "Care Anywhere", None, None)
    assert codes("care") == ["RXE", "RXD"]


def test_the_trigram_index_answers_every_condition(merged):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for rows in (
        Organisation.objects.called("agnes wing"),
        Organisation.objects.nearly_called("agnes wing"),
    ):
        assert "pledges_organisation_search" in rows.explain()


def test_suggestions_say_why_they_are_there(client, merged, pledge, count_up):
    pledge(organisation=merged)
    pledge(organisation=merged)
    count_up()
    first, second = client.get("/organisations/suggest.json", {"q": "agnes"}).json()
    assert first == {
        "code": "RXD",
        "name": "Cottleigh Care",
        "also": "St. Agnes’ Wing",
        "pledges": 2,
        "place": "Cottleigh",
        "closed": None,
    }
    assert (second["code"], second["closed"]) == ("RXC", "2020-03-31")


def test_at_most_ten_are_suggested_by_a_fixed_number_of_queries(
    client, ground, django_assert_num_queries
):
    Organisation.objects.bulk_create(
        Organisation(code=f"Z{n:02}", slug=f"z{n}", name="Zeal", search_text="zeal\n")
        for n in range(30)
    )
    current_areas()  # areas in memory, which one of the queries asks whether they are as before
    # Savepoint, time limit, organisations, areas, release; the limit is undone in a transaction.
    with django_assert_num_queries(6):
        found = client.get("/organisations/suggest.json", {"q": "zeal"}).json()
    assert len(found) == 10


@pytest.mark.parametrize("words", ["", "z", "<b>", "é"])
def test_too_little_to_go_by_suggests_nothing(client, merged, words):
    assert client.get("/organisations/suggest.json", {"q": words}).json() == []


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", "q=" + "a" * 10_000, "x=1", "q=a&q=b%00"])
def test_what_is_no_text_is_refused_in_the_one_shape(client, ground, query):
    response = client.get(f"/organisations/suggest.json?{query}")
    assert response.status_code == 400
    assert set(json.loads(response.content)) == {"code", "description"}


def test_the_search_for_places_finds_organisations(merged):
    found = chain.locate("St Agnes")
    assert found.label == "St. Agnes’ Wing (Cottleigh Care)"
    assert (found.kind, found.code, found.outcode) == (Kind.ORGANISATION, "RXD", "SO14")
    assert found.approximate
    assert "main address" in found.note
    assert (found.district.name, found.region.code) == ("Cottleigh", "Y59")


def test_of_one_that_ended_the_search_tells_what_became_of_it(merged):
    found = chain.locate("old orchard hospital")
    assert found.code == "RXC"
    assert found.note == "It ended on 31 March 2020; its work went to Cottleigh Care."


def test_one_without_a_place_is_no_place(ground):
    assert search.organisations("cottage society") == [ground.nowhere]
    assert chain.candidates("cottage society") == []


def test_half_typed_words_are_completed_and_misspelled_ones_are_not(merged):
    assert [match.code for match in chain.suggest("old orch")] == ["RXC"]
    assert chain.suggest("oldd orchrd") == []
