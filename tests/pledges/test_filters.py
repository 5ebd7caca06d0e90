"""The filters: the same words mean the same everywhere, and come back as they were said."""

import datetime
import random

import pytest
from django.http import QueryDict

from geo.areas.models import Area
from geo.core.errors import BadParameter, UnknownParameter
from pledges.filters import PledgeFilters
from pledges.pledging.models import Pledge
from tests.factories import make_area
from tests.pledges.questions import LANDMARKS, question


def parse(query: str) -> PledgeFilters:
    return PledgeFilters.parse(QueryDict(query))


def found(query: str) -> set[str]:
    return set(parse(query).apply(Pledge.objects.public()).values_list("text", flat=True))


@pytest.fixture
def texts(ground, pledge) -> None:
    """Each pledge differs from the first in one thing, which its text names."""
    who, i_am = Pledge.Who, Pledge.IAm
    common = {"organisation": ground.hospital, "on": datetime.date(2014, 3, 3), "i_am": i_am.NHS}
    pledge("first", **common)
    pledge("staff", **common, theme="staff")
    pledge("team", **common, who=who.TEAM)
    pledge("patient", **{**common, "i_am": i_am.PATIENT})
    pledge("nobody", **{**common, "i_am": None})
    pledge("clinic", **{**common, "organisation": ground.clinic})
    pledge("outcode", **{**common, "organisation": None, "outcode": "SO14"})
    pledge("region", **{**common, "organisation": None, "region": ground.east})
    pledge("nowhere", **{**common, "organisation": None})
    pledge("done", **common, done=True)
    pledge("later", **{**common, "on": datetime.date(2015, 3, 3)})


ALL = {
    *("first", "staff", "team", "patient", "nobody", "clinic", "outcode", "region", "nowhere"),
    *("done", "later"),
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("theme=staff", {"staff"}),
        ("theme=staff,care", ALL),
        ("who=team", {"team"}),
        ("who=person", ALL - {"team"}),
        ("who=organisation", set()),
        ("i_am=patient", {"patient"}),
        ("i_am=patient,nhs", ALL - {"nobody"}),
        ("organisation=RXB", {"clinic"}),
        ("organisation=rxb", {"clinic"}),
        ("organisation=birchester-clinic", {"clinic"}),
        ("organisation=cottage-society", set()),
        ("area=E07000002", {"clinic"}),
        ("area=E07000003", {"outcode"}),
        ("area=y59", {"clinic", "outcode", "region"}),
        ("area=E92000001", ALL - {"nowhere"}),
        ("status=done", {"done"}),
        ("status=open", ALL - {"done"}),
        ("since=2014-03-04", {"later"}),
        ("until=2014-03-03", ALL - {"later"}),
        ("since=2014-03-03&until=2014-03-03", ALL - {"later"}),
        ("q=clinic", {"clinic"}),
        ("q=clinic or team", {"clinic", "team"}),
        ("q=nobody -nobody", set()),
        ("bbox=-2,50,0,51", {"outcode"}),
        ("bbox=-3,51.5,-1.5,51.5", ALL - {"outcode", "region", "nowhere"}),
        ("bbox=170,50,-179,52", set()),
        ("theme=care&who=person&organisation=RXA&status=done", {"done"}),
        (
            "theme=,care,&who=&i_am=&organisation=&area=&status=&since=&until=&q=&bbox=",
            ALL - {"staff"},
        ),
    ],
)
def test_each_filter_finds_what_it_says(texts, query, expected):
    assert found(query) == expected


def test_what_is_not_public_is_found_by_no_filter(ground, pledge):
    pledge("hidden", hidden=True)
    pledge("withdrawn", withdrawn=True)
    pledge("waiting", confirmed=False)
    assert found("") == found("q=hidden") == set()


def test_a_day_is_a_day_in_london(pledge):
    """In summer the day begins at eleven in the evening, UTC."""
    midnight = datetime.datetime(2024, 6, 30, 23, tzinfo=datetime.UTC)
    pledge("before", on=midnight - datetime.timedelta(seconds=1))
    pledge("after", on=midnight)
    assert found("until=2024-06-30") == {"before"}
    assert found("since=2024-07-01") == {"after"}


def test_a_nation_that_is_a_region_too_is_read_as_the_region(ground, pledge):
    """Scotland, Wales and Northern Ireland have one code for both, and one extent."""
    box = (-8, 55, -6, 58)
    nation = make_area(Area.Kind.NATION, "S92000003", "Scotland", box)
    scotland = make_area(Area.Kind.REGION, "S92000003", "Scotland", box, parent=nation)
    pledge("north", region=scotland)
    pledge("south", region=ground.west)
    assert parse("area=S92000003").area == scotland
    assert found("area=S92000003") == {"north"}


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("theme=penguins", "theme"),
        ("theme=care,penguins", "theme"),
        ("who=me", "who"),
        ("i_am=1", "i_am"),
        ("organisation=XXX", "organisation"),
        ("area=E99", "area"),
        ("status=undone", "status"),
        ("since=yesterday", "since"),
        ("until=2014-02-30", "until"),
        ("since=2015-01-01&until=2014-01-01", "until"),
        ("bbox=1,2,3", "bbox"),
        ("q=%00", "q"),
        ("theme=%00", "theme"),
        ("area=" + "x" * 201, "area"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(ground, query, named):
    with pytest.raises(BadParameter, match=rf"^{named}: "):
        parse(query)


def test_a_refusal_lists_what_there_is(ground):
    with pytest.raises(BadParameter, match=r"care.*staff"):
        parse("theme=penguins")
    with pytest.raises(BadParameter, match="person, team, organisation"):
        parse("who=me")


def test_unknown_parameters_are_refused_unless_another_reads_them(ground):
    with pytest.raises(UnknownParameter, match=r"zoom\. Valid ones: area, bbox, i_am"):
        parse("zoom=3")
    assert PledgeFilters.parse(QueryDict("zoom=3"), also=("zoom",)) == PledgeFilters()


@pytest.mark.parametrize("number", range(25))
def test_a_question_comes_back_from_its_own_words(ground, number):
    asked = question(random.Random(number), LANDMARKS)
    once = parse(asked)
    assert parse(once.query_string()) == once
    assert parse(once.query_string()).query_string() == once.query_string()


def test_the_order_of_the_words_does_not_matter(ground):
    assert parse("who=team&theme=care").query_string() == "theme=care&who=team"


def test_only_what_no_count_is_kept_of_needs_the_rows(ground):
    kept = (
        "theme=care&who=team&i_am=nhs&status=done&since=2014-01-01",
        "area=Y59",
        "area=E92000001",
    )
    rows = ("organisation=RXA", "area=E07000001", "q=x", "bbox=0,0,1,1")
    assert [parse(query).beyond_counts for query in kept] == [False] * 3
    assert [parse(query).beyond_counts for query in rows] == [True] * 4
