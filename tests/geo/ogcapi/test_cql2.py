"""Filters in CQL2 text: each answers what the same words mean over the features themselves."""

from urllib.parse import quote, urlencode

import pytest
from django.http import QueryDict

from geo.ogcapi.cql2.parsing import DEEPEST, LONGEST, MOST_TERMS
from geo.ogcapi.layers import published_layers
from geo.ogcapi.query import ItemsQuery
from pledges.pledging.models import Pledge

PLEDGES = "collections/pledges/items"
HALF = "POLYGON((-1 49, -0.3336 49, -0.3336 51, -1 51, -1 49))"


# A filter, and what it says of the properties of one feature.
MEANT = {
    "theme = 'care'": lambda p: p["theme"] == "care",
    "'care' = theme": lambda p: p["theme"] == "care",
    "\"theme\" <> 'care'": lambda p: p["theme"] != "care",
    "likes > 20": lambda p: p["likes"] > 20,
    "20 < likes": lambda p: p["likes"] > 20,
    "likes >= 19.5 AND likes <= 30": lambda p: 19.5 <= p["likes"] <= 30,
    "likes BETWEEN 10 AND 20": lambda p: 10 <= p["likes"] <= 20,
    "likes NOT BETWEEN 10 AND 20": lambda p: not 10 <= p["likes"] <= 20,
    "who IN ('team', 'person')": lambda p: p["who"] in ("team", "person"),
    "who NOT IN ('team')": lambda p: p["who"] != "team",
    "i_am IS NULL": lambda p: p["i_am"] is None,
    "i_am IS NOT NULL": lambda p: p["i_am"] is not None,
    # What is null is neither like a value nor unlike it.
    "NOT i_am = 'nhs'": lambda p: p["i_am"] not in (None, "nhs"),
    "i_am <> 'nhs'": lambda p: p["i_am"] not in (None, "nhs"),
    "NOT (i_am = 'nhs' OR likes > 3)": lambda p: p["i_am"] not in (None, "nhs") and p["likes"] <= 3,
    "text LIKE 'I will%'": lambda p: p["text"].startswith("I will"),
    "text NOT LIKE '%listen%'": lambda p: "listen" not in p["text"],
    "text LIKE '100 %'": lambda p: p["text"].startswith("100 "),
    "text LIKE '_ne%'": lambda p: p["text"][1:].startswith("ne"),
    "text LIKE '%\\%%'": lambda p: "%" in p["text"],
    "CASEI(text) LIKE CASEI('%LISTEN%')": lambda p: "listen" in p["text"].lower(),
    "CASEI(organisation) = casei('rxa')": lambda p: p["organisation"] == "RXA",
    "display_name LIKE '%O''Neill%'": lambda p: "O'Neill" in p["display_name"],
    "done_at = DATE('2014-03-03')": lambda p: p["done_at"] == "2014-03-03",
    "due >= '2020-01-01'": lambda p: p["due"] is not None and p["due"] >= "2020-01-01",
    "created > TIMESTAMP('2014-03-04T09:31:30Z')": lambda p: p["created"] > "2014-03-04T09:31:30Z",
    "demo = TRUE": lambda p: p["demo"],
    "demo = FALSE and status = 'open'": lambda p: not p["demo"] and p["status"] == "open",
    # AND binds closer than OR, NOT closer than AND.
    "likes > 40 OR likes < 10 AND demo = true": lambda p: (
        p["likes"] > 40 or (p["likes"] < 10 and p["demo"])
    ),
    "NOT likes > 40 AND demo = true": lambda p: p["likes"] <= 40 and p["demo"],
    "(likes > 40 OR likes < 10) AND demo = true": lambda p: (
        (p["likes"] > 40 or p["likes"] < 10) and p["demo"]
    ),
    "TRUE": lambda p: True,
    "false": lambda p: False,
}


@pytest.mark.parametrize("text", MEANT)
def test_a_filter_answers_what_it_says(full, ask, text):
    everything = ask(PLEDGES, limit=1000).json()["features"]
    answer = ask(PLEDGES, limit=1000, filter=text)
    assert answer.status_code == 200, answer.content
    found = answer.json()
    wanted = {each["id"] for each in everything if MEANT[text](each["properties"])}
    assert {each["id"] for each in found["features"]} == wanted
    assert found["numberMatched"] == len(wanted)


def test_most_of_them_tell_features_apart(full, ask):
    """A filter that all pass, or none, would prove little."""
    everything = ask(PLEDGES, limit=1000).json()["features"]
    passed = {t: sum(1 for e in everything if says(e["properties"])) for t, says in MEANT.items()}
    assert sum(0 < n < len(everything) for n in passed.values()) > len(MEANT) - 6


@pytest.mark.parametrize(
    "text",
    [
        f"S_INTERSECTS(geometry, {HALF})",
        f"S_WITHIN(geometry, {HALF})",
        f"s_intersects({HALF}, geometry)",
        "S_INTERSECTS(geometry, BBOX(-1, 49, -0.3336, 51))",
        "S_WITHIN(geometry, MULTIPOLYGON(((-1 49, -0.3336 49, -0.3336 51, -1 51, -1 49))))",
    ],
)
def test_shapes(full, ask, text):
    everything = ask(PLEDGES, limit=1000).json()["features"]
    wanted = {
        e["id"] for e in everything if e["geometry"] and e["geometry"]["coordinates"][0] < -0.3336
    }
    assert 0 < len(wanted) < 30
    found = ask(PLEDGES, limit=1000, filter=text).json()
    assert {e["id"] for e in found["features"]} == wanted
    assert found["numberMatched"] == len(wanted)


def test_areas_are_filtered_by_shape(full, ask):
    text = "S_INTERSECTS(geometry, POINT(-1.4 50.9))"
    found = ask("collections/districts/items", filter=text).json()
    assert [e["properties"]["code"] for e in found["features"]] == ["E07000003"]


def test_a_filters_shape_may_be_in_another_system(full, ask):
    south_first = "S_INTERSECTS(geometry, BBOX(49, -1, 51, -0.3336))"
    found = ask(
        PLEDGES, filter=south_first, filter__crs="http://www.opengis.net/def/crs/EPSG/0/4326"
    ).json()
    same = ask(PLEDGES, filter="S_INTERSECTS(geometry, BBOX(-1, 49, -0.3336, 51))").json()
    assert found["numberMatched"] == same["numberMatched"] > 0


def test_a_filter_and_parameters_narrow_each_other(full, ask):
    both = ask(PLEDGES, limit=1000, filter="likes > 20", theme="care", who="team").json()
    for each in both["features"]:
        told = each["properties"]
        assert (told["theme"], told["who"]) == ("care", "team")
        assert told["likes"] > 20
    everything = ask(PLEDGES, limit=1000, filter="likes > 20").json()["features"]
    wanted = [
        e
        for e in everything
        if e["properties"]["theme"] == "care" and e["properties"]["who"] == "team"
    ]
    assert len(both["features"]) == len(wanted) > 0


def test_pages_of_a_filter_are_whole(full, ask, client):
    address = f"/api/{PLEDGES}?limit=3&filter={quote('likes > 20')}"
    seen = []
    while address:
        page = client.get(address).json()
        seen += [each["id"] for each in page["features"]]
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        address = following[0].removeprefix("http://testserver") if following else ""
    assert len(seen) == len(set(seen)) == page["numberMatched"] > 6


def test_what_a_parameter_says_as_well_is_asked_as_the_parameter_is(full, ask):
    """QGIS sends "theme" = 'care': at 3,000,000 that must not read the pledges to count them."""
    plain = ask(PLEDGES, theme="care", who="team", limit=5).json()
    text = "\"theme\" = 'care' AND (\"who\" = 'team')"
    found = ask(PLEDGES, filter=text, limit=5).json()
    assert found["features"] == plain["features"]
    assert found["numberMatched"] == plain["numberMatched"]
    read = ItemsQuery.parse(published_layers()["pledges"], QueryDict(urlencode({"filter": text})))
    assert (read.filters.who, read.filters.also) == (("team",), ())


@pytest.mark.parametrize(
    "text",
    ["organisation = 'rxa'", "theme = 'nothing'", "theme = 'care,staff'", "status = ''"],
)
def test_equality_is_no_laxer_than_it_says(full, ask, text):
    assert ask(PLEDGES, filter=text).json()["numberMatched"] == 0


@pytest.mark.parametrize(
    "text",
    [
        *("theme", "theme =", "= 'care'", "theme = 'care", "theme == 'care'", "(theme = 'care'"),
        *("theme = 'care' AND", "NOT", "theme LIKE 3", "likes = 'many'", "likes LIKE '1%'"),
        *("demo = 'yes'", "due = '2014-13-01'", "created > 'soon'", "nothing = 1", "geometry = 1"),
        *(
            "geometry IS SMALL",
            "S_INTERSECTS(theme, POINT(0 0))",
            "S_TOUCHES(geometry, POINT(0 0))",
        ),
        *("S_INTERSECTS(geometry, geometry)", "S_INTERSECTS(geometry, POINT(999 0))"),
        *(
            "S_WITHIN(geometry, POLYGON((0 0, 1 1)))",
            "S_WITHIN(geometry, POLYGON((0 0,1 1,1 0,0 1,0 0)))",
        ),
        *("S_INTERSECTS(geometry, BBOX(0,0,1))", "S_INTERSECTS(geometry, POINT(1e999 0))"),
        *("likes > 1e400", "likes > theme", "theme = theme", "1 = 1", "CASEI(likes) = CASEI('1')"),
        *("CASEI(text) = 'a'", "text = CASEI('a')", "likes = 1; drop table x", "\x00", "\ufffd"),
        *("text LIKE 'a' ESCAPE 'b'", "lower(text) = 'a'", "likes + 1 = 2", "url = 'x'"),
        "(" * (DEEPEST + 1) + "TRUE" + ")" * (DEEPEST + 1),
        " AND ".join(["likes > 1"] * (MOST_TERMS + 1)),
        "text = '" + "x" * LONGEST + "'",
        "S_INTERSECTS(geometry, LINESTRING(" + ",".join(["0 0"] * 2500) + "))",
    ],
)
def test_what_cannot_be_honoured_is_refused_plainly(full, ask, text):
    answer = ask(PLEDGES, filter=text)
    assert answer.status_code == 400, answer.content[:200]
    assert answer.json()["code"] == "bad-parameter"
    assert answer.json()["description"].startswith("filter: ")
    assert len(answer.json()["description"]) < 500


def test_only_one_language_is_read(full, ask):
    assert ask(PLEDGES, filter="TRUE", filter__lang="cql2-text").status_code == 200
    assert ask(PLEDGES, filter="{}", filter__lang="cql2-json").status_code == 400


def test_what_is_not_public_passes_no_filter(full, ask):
    key = Pledge.objects.public().first().pk
    Pledge.objects.filter(pk=key).update(hidden_at="2020-01-01T00:00:00Z")
    assert ask(PLEDGES, filter=f"id = {key}").json()["numberMatched"] == 0
