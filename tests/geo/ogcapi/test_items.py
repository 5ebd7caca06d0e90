"""Items of a collection: pages, filters, numbers, and the standard's parameters."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.ogcapi.layers import published_layers
from tests.geo.ogcapi import catalogue
from tests.geo.ogcapi.conftest import COLLECTIONS

PLEDGES = "collections/pledges/items"


def linked(answer: dict, rel: str) -> str | None:
    found = [link["href"] for link in answer["links"] if link["rel"] == rel]
    assert len(found) < 2
    return found[0].removeprefix("http://testserver/api/") if found else None


def walk(ask, start: str, rel: str = "next") -> list[dict]:
    """Return all pages from one on, by its links."""
    pages = [ask(start).json()]
    while following := linked(pages[-1], rel):
        assert len(pages) < 100
        pages.append(ask(following).json())
    return pages


def ids(*pages: dict) -> list:
    return [feature["id"] for page in pages for feature in page["features"]]


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
def test_pages_hold_everything_once_in_order(limit, full, ask, subtests):
    for name in COLLECTIONS:
        with subtests.test(name):
            everything = ids(ask(f"collections/{name}/items?limit=1000").json())
            pages = walk(ask, f"collections/{name}/items?limit={limit}")
            assert ids(*pages) == everything
            assert len(everything) == len(set(everything)) == pages[0]["numberMatched"]
            for page in pages:
                assert page["numberReturned"] == len(page["features"]) <= limit


@pytest.mark.parametrize("limit", [1, 7])
def test_pages_can_be_turned_back(limit, full, ask, subtests):
    for name in COLLECTIONS:
        with subtests.test(name):
            there = walk(ask, f"collections/{name}/items?limit={limit}")
            back = walk(ask, linked(there[-1], "self"), "prev")
            assert [ids(page) for page in reversed(back)] == [ids(page) for page in there]
            assert linked(there[0], "prev") is None
            assert linked(back[-1], "prev") is None


def test_a_next_link_keeps_every_parameter(full, ask):
    asked = (
        "theme=care,staff,patients&who=person,team&since=2014-03-01&limit=1&f=json"
        "&datetime=2014-01-01T00:00:00Z/..&bbox=-4,50,0,52"
        "&bbox-crs=http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    )
    first = ask(f"{PLEDGES}?{asked}").json()
    following = parse_qs(urlsplit(linked(first, "next")).query)
    assert following.pop("cursor")
    assert following == parse_qs(asked)
    everything = ask(f"{PLEDGES}?{asked.replace('limit=1', 'limit=100')}").json()
    assert ids(*walk(ask, f"{PLEDGES}?{asked}")) == ids(everything)


def test_pages_stay_right_while_pledges_are_made(full, pledge, ask):
    everything = ids(ask(PLEDGES, limit=1000).json())
    first = ask(PLEDGES, limit=20).json()
    pledge("I came in between.", on=datetime.date(2026, 1, 1))
    rest = walk(ask, linked(first, "next"))
    assert ids(first, *rest) == everything


def test_pledges_come_newest_first(full, ask):
    made = [f["properties"]["created"] for f in ask(PLEDGES, limit=100).json()["features"]]
    assert made == sorted(made, reverse=True)
    assert len(set(made)) > 10


def test_a_hundred_are_answered_unless_more_are_asked_for(ground, ask):
    catalogue.write_pledges(ground, 120)
    assert ask(PLEDGES).json()["numberReturned"] == 100
    assert ask(PLEDGES, limit=119).json()["numberReturned"] == 119


def test_a_limit_above_the_maximum_is_lowered(full, ask):
    for limit in ("10001", "99999999999", "1" + 60 * "0"):
        assert ask(PLEDGES, limit=limit).json()["numberReturned"] == 60


def test_no_more_than_ten_thousand_are_answered(ground, ask):
    catalogue.write_pledges(ground, 10_003)
    catalogue.analyse()
    answer = ask(PLEDGES, limit=20_000).json()
    assert answer["numberReturned"] == 10_000
    assert len(ids(ask(linked(answer, "next")).json())) == 3


def test_a_limit_that_is_no_number_above_zero_is_refused(db, ask):
    for limit in ("0", "-1", "-0", "", "x", "1.5", "1e3", "٣", " 5", "nan", "inf", "+5"):
        for name in COLLECTIONS:
            answer = ask(f"collections/{name}/items", limit=limit)
            assert answer.status_code == 400, limit
            assert answer.json()["description"].startswith("limit: ")


FILTERS = [
    "theme=care",
    "theme=care,staff&status=done",
    "who=team,person&i_am=nhs,public",
    "status=open",
    "organisation=RXA",
    "organisation=rxb",
    "organisation=cottage-society",
    "area=Y59",
    "area=E07000003",
    "area=E92000001",
    "since=2014-03-04&until=2014-03-04",
    "q=listen",
    "bbox=-0.4,50,0,50.01",
    "who=person,team&area=Y59&q=bold",
]


def test_filters_narrow_the_features_and_their_number(full, ask, subtests):
    for asked in FILTERS:
        with subtests.test(asked):
            answer = ask(f"{PLEDGES}?{asked}&limit=1000").json()
            assert 0 < answer["numberMatched"] < 60
            assert answer["numberMatched"] == answer["numberReturned"]
            pages = walk(ask, f"{PLEDGES}?{asked}&limit=2")
            assert ids(*pages) == ids(answer)
            assert ids(*walk(ask, linked(pages[-1], "self"), "prev")[::-1]) == ids(answer)


def test_filters_mean_what_the_properties_say(full, ask):
    everything = ask(PLEDGES, limit=1000).json()["features"]

    def expected(**wanted: set) -> list[int]:
        return [
            feature["id"]
            for feature in everything
            if all(feature["properties"][name] in values for name, values in wanted.items())
        ]

    asked = ask(f"{PLEDGES}?theme=care,staff&who=person,team&status=open&limit=1000").json()
    assert ids(asked) == expected(theme={"care", "staff"}, who={"person", "team"}, status={"open"})
    assert ids(ask(f"{PLEDGES}?organisation=RXA&limit=1000").json()) == expected(
        organisation={"RXA"}
    )
    assert ids(ask(f"{PLEDGES}?area=E07000003&limit=1000").json()) == expected(
        district={"E07000003"}
    )


def test_an_unknown_parameter_is_refused_with_the_valid_ones(db, ask):
    for name, layer in published_layers().items():
        answer = ask(f"collections/{name}/items", colour="red", offset=5)
        assert answer.status_code == 400
        assert answer.json()["code"] == "unknown-parameter"
        told = answer.json()["description"]
        assert told.startswith("Unknown parameter: colour, offset. Valid ones: ")
        valid = set(told.partition("Valid ones: ")[2].rstrip(".").split(", "))
        assert valid == {
            *layer.filters.names,
            "datetime",
            "limit",
            "cursor",
            "crs",
            "bbox-crs",
            "properties",
            "filter",
            "filter-lang",
            "filter-crs",
            "f",
            *(["near"] if layer.on_points else []),
        }


def test_an_unknown_parameter_is_refused_everywhere(db, ask):
    for path in ("", "conformance", "collections", "collections/hubs", "openapi", "docs"):
        assert ask(path, colour="red").json()["code"] == "unknown-parameter"


def test_a_box_selects_what_touches_it(full, ask):
    def found(name: str, box: str) -> list:
        return ids(ask(f"collections/{name}/items", bbox=box).json())

    assert found("regions", "-3,50.5,-2.5,51") == ["Y58"]
    assert found("regions", "-2,50.5,-2,51") == ["Y58", "Y59"]  # the border between them
    assert found("districts", "-1,50.2,0,-0.5,50.8,100") == ["E07000003"]
    assert found("hubs", "-1,51,-0.5,52") == ["Y59"]
    assert found("organisations", "-3,51.5,-3,51.5") == ["RXA"]
    # East of 177 degrees and west of -177: far from here, but a box of the standard.
    assert found("regions", "177,-70,-177,70") == []


def test_single_features_are_those_of_the_list(full, ask, subtests):
    for name in COLLECTIONS:
        for feature in ask(f"collections/{name}/items").json()["features"]:
            with subtests.test(name, id=feature["id"]):
                answer = ask(f"collections/{name}/items/{feature['id']}")
                assert answer["Content-Type"] == "application/geo+json"
                alone = answer.json()
                links = {link["rel"]: link["href"] for link in alone.pop("links")}
                assert alone == feature
                assert links["collection"] == f"http://testserver/api/collections/{name}"


def test_an_organisation_is_found_by_code_in_any_case_and_by_slug(full, ask):
    for key in ("RXA", "rxa", "alderham-hospital"):
        assert ask(f"collections/organisations/items/{key}").json()["id"] == "RXA"
    society = ask("collections/organisations/items/cottage-society").json()
    assert society["id"] == society["properties"]["slug"] == "cottage-society"
    assert society["geometry"] is None


def test_what_is_not_there_is_not_found(full, ask):
    for name in COLLECTIONS:
        for key in ("0", "999999999", "x", "-1", "1e3", "9" * 30, "٣", "a%20b", "<b>"):
            answer = ask(f"collections/{name}/items/{key}")
            assert answer.status_code == 404, key
            assert answer.json()["code"] == "not-found"


@pytest.mark.parametrize("mark", ["hidden", "withdrawn"])
def test_what_is_not_public_is_in_no_answer(mark, ground, pledge, count_up, ask):
    kept, gone = pledge("I stay."), pledge("I go.", **{mark: True})
    count_up()
    answer = ask(PLEDGES).json()
    assert ids(answer) == [kept.pk]
    assert answer["numberMatched"] == 1
    assert ask(f"{PLEDGES}/{gone.pk}").status_code == 404


def test_regions_and_districts_have_their_parents_and_edition(full, ask):
    district = ask("collections/districts/items/E07000003").json()["properties"]
    assert district["parent"] == "Y59"
    assert (district["edition"], district["valid_from"]) == ("squares", "2025-04-01")
    region = ask("collections/regions/items/Y59").json()
    assert region["properties"]["parent"] == "E92000001"
    assert region["geometry"]["type"] == "MultiPolygon"


def test_organisations_tell_predecessors_successors_and_pledges(full, ask):
    properties = ask("collections/organisations/items/Q003").json()["properties"]
    assert (properties["predecessors"], properties["successors"]) == (["Q002"], ["Q004"])
    hospital = ask("collections/organisations/items/RXA").json()["properties"]
    assert hospital["pledges"] == ask(PLEDGES, organisation="RXA").json()["numberMatched"] > 0


def test_hubs_tell_the_areas_they_serve(full, ask):
    assert ask("collections/hubs/items/Y60").json()["properties"]["areas"] == ["Y58", "Y59"]
