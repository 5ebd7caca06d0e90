"""The sums are those of the rows, at every filter; and what shares a place out adds up to it."""

import datetime
import random
import re
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from geo.areas.models import Area
from pledges.aggregates.fulfilment import waiting
from pledges.aggregates.matched import sums_of
from pledges.aggregates.organisations import ranking, silent
from pledges.aggregates.scope import Scope
from pledges.aggregates.sums import Sums
from pledges.aggregates.whereabouts import whereabouts
from pledges.filters import PledgeFilters
from pledges.organisations.models import Organisation
from pledges.pledging.counted import DONE, JOINS, LIKES, PARTS_DONE, STORIES
from pledges.pledging.models import SPEC, Join, Like, Pledge
from pledges.stories.models import Story
from tests.hubs.dashboards.conftest import DAYS, QUESTIONS

CHANGE_DAYS = (datetime.date(2014, 3, 3),)
LONDON = ZoneInfo("Europe/London")


def subjects(ground) -> list:
    areas = [ground.nation, ground.east, ground.west, ground.alderham, ground.cottleigh]
    return [None, *areas, ground.hospital, ground.clinic, ground.nowhere]


def asked(query: str) -> PledgeFilters:
    return PledgeFilters.parse(QueryDict(query))


def inside(subject, pledge: Pledge) -> bool:
    if subject is None:
        return True
    if isinstance(subject, Organisation):
        return pledge.organisation_id == subject.pk
    if subject.kind == Area.Kind.DISTRICT:
        return pledge.district_id == subject.pk
    if subject.kind == Area.Kind.REGION:
        return pledge.region_id == subject.pk
    return pledge.region is not None and pledge.region.parent_id == subject.pk


def passes(filters: PledgeFilters, pledge: Pledge) -> bool:
    values = SPEC.values(pledge.facet)
    found = all(values[name] in wanted for name, wanted in filters.facets.items())
    if filters.q:
        found = found and "smile" in pledge.text
    if filters.bbox:
        found = found and pledge.location is not None and filters.bbox.covers(pledge.location)
    return found


def within(filters: PledgeFilters, moment: datetime.datetime | None) -> bool:
    if moment is None:
        return False
    day = moment.astimezone(LONDON).date()
    return (filters.since or day) <= day <= (filters.until or day)


def rows(subject, filters: PledgeFilters) -> list[tuple[int, Pledge]]:
    """Every (layer, pledge) that counts, worked out in Python."""
    pledges = {p.pk: p for p in Pledge.objects.public().select_related("region")}
    joins, likes, stories = Join.objects.all(), Like.objects.all(), Story.objects.public()
    found = [(SPEC.layer, p.pk, p.created_at) for p in pledges.values()]
    found += [(DONE.layer, p.pk, p.done_at) for p in pledges.values()]
    found += [(JOINS.layer, join.pledge_id, join.created_at) for join in joins]
    found += [(PARTS_DONE.layer, join.pledge_id, join.done_at) for join in joins]
    found += [(LIKES.layer, like.pledge_id, like.created_at) for like in likes]
    found += [(STORIES.layer, story.pledge_id, story.created_at) for story in stories]
    return [
        (layer, pledges[key])
        for layer, key, moment in found
        if key in pledges
        and inside(subject, pledges[key])
        and passes(filters, pledges[key])
        and within(filters, moment)
    ]


def due(pledge: Pledge, today: datetime.date) -> bool:
    if pledge.due:
        return pledge.due <= today
    return any(pledge.day < day <= today for day in CHANGE_DAYS)


def check(subject, filters: PledgeFilters) -> None:
    sums = sums_of(Scope.of(subject), filters)
    expected = rows(subject, filters)
    pledges = [pledge for layer, pledge in expected if layer == SPEC.layer]
    assert +sums.by_facet() == Counter(pledge.facet for pledge in pledges)
    layers = Counter(layer for layer, _ in expected if layer != SPEC.layer)
    assert +sums.by_layer() == layers
    places: dict = {}
    for layer, pledge in expected:
        place = (pledge.region_id or 0, pledge.district_id or 0)
        if layer == SPEC.layer or not isinstance(subject, Organisation):
            places.setdefault(place, Counter())[layer, int(pledge.done)] += 1
    if isinstance(subject, Organisation):
        by_place, later = whereabouts(sums)
    else:
        by_place, later = sums.by_place(), waiting(sums)
    assert {place: +counts for place, counts in by_place.items() if +counts} == places
    today = timezone.localdate()
    open_still = Counter()
    for pledge in pledges:
        if not pledge.done and not due(pledge, today):
            place = (pledge.region_id or 0, pledge.district_id or 0)
            open_still[place] += 1
    assert later == open_still


@pytest.mark.parametrize("query", QUESTIONS)
def test_sums_are_those_of_the_rows(some, ground, query):
    for subject in (None, ground.nation, ground.east, ground.cottleigh, ground.hospital):
        check(subject, asked(query))


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_asked(some, ground, seed):
    chance = random.Random(seed)
    days = sorted(chance.choices([*DAYS, datetime.date(2014, 3, 17), timezone.localdate()], k=2))
    facets = {
        "theme": ["", "care", "care,staff"],
        "who": ["", "team", "person,organisation"],
        "i_am": ["", "patient"],
        "status": ["", "open", "done"],
    }
    chosen = {name: chance.choice(values) for name, values in facets.items()}
    chosen |= {
        "since": chance.choice(["", days[0].isoformat()]),
        "until": chance.choice(["", days[1].isoformat()]),
    }
    query = "&".join(f"{name}={value}" for name, value in chosen.items() if value)
    for subject in chance.sample(subjects(ground), 2):
        check(subject, asked(query))


@pytest.mark.parametrize("query", QUESTIONS)
def test_districts_and_elsewhere_are_the_region_and_regions_the_whole(some, ground, query):
    def total(subject) -> int:
        return sum(sums_of(Scope.of(subject), asked(query)).by_facet().values())

    whole = sums_of(Scope.of(None), asked(query)).by_place()

    def of(counts: Counter) -> int:
        return counts[SPEC.layer, 0] + counts[SPEC.layer, 1]

    for region in (ground.east, ground.west):
        parts = sum(of(counts) for place, counts in whole.items() if place[0] == region.pk)
        assert parts == total(region)
    nowhere = of(whole.get((0, 0), Counter()))
    assert total(ground.east) + total(ground.west) == total(ground.nation)
    assert total(ground.nation) + nowhere == total(None)


def test_the_organisations_of_an_area_count_all_their_pledges(some, ground):
    for query in ("", "theme=care", "since=2014-03-02&until=2014-03-20&who=team", "q=smile"):
        filters = asked(query)
        mine = rows(ground.hospital, filters)
        expected = sum(layer == SPEC.layer for layer, _ in mine)
        found = ranking(sums_of(Scope.of(ground.west), filters), 10)
        assert found.first == ([(ground.hospital, expected)] if expected else [])
    assert ranking(Sums(Scope.of(None), asked("")), 1).active == 2


def test_organisations_without_a_pledge(some, ground):
    everywhere = silent(Sums(Scope.of(None), asked("")), 10)
    assert (everywhere.number, everywhere.some) == (1, [ground.nowhere])
    assert silent(Sums(Scope.of(ground.west), asked("")), 10).number == 0


def test_by_day_and_by_hour(some, ground):
    filters = asked("since=2014-03-03&until=2014-03-03&theme=care,staff")
    sums = Sums(Scope.of(ground.nation), filters)
    expected = len([1 for layer, _ in rows(ground.nation, filters) if layer == SPEC.layer])
    assert expected > 3
    hours = sums.by_hour(filters.since, "theme")
    assert {hour for hour, _ in hours} == {12}
    assert sum(hours.values()) == sum(sums.by_day("who").values()) == expected


@pytest.mark.parametrize("day", [datetime.date(2014, 3, 30), datetime.date(2014, 10, 26)])
def test_hours_are_those_of_london_when_clocks_change(ground, pledge, count_up, day):
    start = datetime.datetime.combine(day, datetime.time(), LONDON).astimezone(datetime.UTC)
    moments = [start + datetime.timedelta(minutes=half * 30 + 10) for half in range(50)]
    for moment in moments:
        pledge(region=ground.east, on=moment)
    count_up()
    expected = Counter(
        moment.astimezone(LONDON).hour
        for moment in moments
        if moment.astimezone(LONDON).date() == day
    )
    for subject in (None, ground.east, ground.nation):
        found = sums_of(Scope.of(subject), asked("")).by_hour(day)
        assert found == {(hour, 0): n for hour, n in expected.items()}


def test_a_day_of_a_region_is_read_from_books_and_indexes_alone(some, ground):
    """On a Change Day its pledges are a hundred thousand rows and more."""
    filters = asked("since=2014-03-03&until=2014-03-03&theme=care,staff")
    for subject, index in ((ground.east, "pledges_pledge_region_facet"), (None, "_facet")):
        sums = sums_of(Scope.of(subject), filters)

        def work(sums=sums) -> None:
            sums.by_facet(), sums.by_layer(), sums.by_day("theme"), sums.by_loose_day("who")
            sums.by_hour(filters.since, "theme")

        with CaptureQueriesContext(connection) as captured:
            work()
        asked_of = [one["sql"] for one in captured.captured_queries]
        assert len(asked_of) == 5
        assert len([sql for sql in asked_of if "pledges_pledge" in sql]) == 1
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off")
            cursor.execute("set local enable_bitmapscan = off")
            cursor.execute("explain " + asked_of[-1])
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert re.search(rf"Index Only Scan using \w*{index} on pledges_pledge", plan)
