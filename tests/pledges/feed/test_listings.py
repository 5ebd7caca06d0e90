"""What holds of every list: of pledges, and of posts."""

import csv
import io
import re
from xml.etree import ElementTree

import pytest
from django.http import QueryDict

from geo.core.errors import BadParameter, UnknownParameter
from hubs.conversation.feed.listing import PostQuery
from pledges.feed import search
from pledges.feed.nearby import nearest
from pledges.wall.listing import PledgeQuery

ATOM = "{http://www.w3.org/2005/Atom}"
QUERIES = {query.listing.name: query for query in (PledgeQuery, PostQuery)}
PATHS = {"pledges": "/pledges/", "posts": "/talk/posts/"}
WAYS = {"gathered": (10_000, 20_000), "scanned": (0, 20_000), "window too short": (0, 2)}

pytestmark = pytest.mark.parametrize("name", QUERIES)


def walk(listing, limit: int) -> list[int]:
    """Return the numbers of all rows, page after page."""
    wanted = (listing.order, listing.filters, limit, listing.total)
    page = listing.listing.page(*wanted)
    found = [row.pk for row in page.items]
    while page.next:
        page = listing.listing.page(*wanted, page.next)
        found += [row.pk for row in page.items]
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("query", ["", "q=lockers", "organisation=RXA", "area=Y59", "theme="])
def test_every_order_lists_each_row_once_whatever_the_way(written, monkeypatch, name, way, query):
    reads = QUERIES[name]
    gather_most, scan_most = WAYS[way]
    monkeypatch.setattr(reads.listing, "gather_most", gather_most)
    monkeypatch.setattr(reads.listing, "scan_most", scan_most)
    for sort in reads.sorts:
        listing = reads.read(QueryDict(f"{query}&sort={sort}"))
        found = walk(listing, 5)
        assert len(found) == len(set(found)) == listing.total
        assert set(found) <= set(written[name])
        if listing.order == "newest":
            assert found == [key for key in written[name] if key in found]


def test_the_query_string_of_a_list_reads_as_the_same_list(written, name):
    reads = QUERIES[name]
    for query in ("", "q=lockers&sort=newest", "area=Y59&since=2014-03-03&until=2200-01-01"):
        for sort in reads.sorts:
            listing = reads.read(QueryDict(f"{query}&sort={sort}" if query else f"sort={sort}"))
            again = reads.read(QueryDict(listing.query_string()))
            assert (again.filters, again.sort) == (listing.filters, listing.sort)
            for tab in listing.tabs():
                assert reads.read(QueryDict(tab["query"])).tabs()
            assert [tab["chosen"] for tab in listing.tabs()].count(True) == 1


def test_each_chip_takes_away_its_own_filter(written, name):
    reads = QUERIES[name]
    query = "theme=care" if name == "pledges" else "theme=safe"
    listing = reads.read(QueryDict(f"{query}&area=Y59&organisation=RXA&since=2014-03-03&q=lockers"))
    chips = listing.chips()
    assert len(chips) == 5
    for chip in chips:
        left = reads.read(QueryDict(chip.rest)).chips()
        assert [one.name for one in left] == [one.name for one in chips if one != chip]


def test_choices_are_counted_and_those_chosen_are_marked(written, name):
    facet, value = ("status", "done") if name == "pledges" else ("kind", "idea")
    listing = QUERIES[name].read(QueryDict(f"{facet}={value}"))
    chosen = [choice for choice in listing.facets()[facet] if choice.chosen]
    assert [(choice.value, choice.count) for choice in chosen] == [(value, listing.total)]
    assert not any(choice.chosen for choice in listing.facets()["theme"])


def test_words_that_too_many_have_are_not_counted_and_still_listed(written, monkeypatch, name):
    monkeypatch.setattr(search, "MOST_MATCHES", 5)
    listing = QUERIES[name].read(QueryDict("q=lockers"))
    assert (listing.total, listing.sort) == (None, "newest")
    assert walk(listing, 5) == written[name]


def test_files_are_the_list(written, client, name):
    path, newest = PATHS[name], written[name]
    answer = client.get(f"{path}list.csv?q=lockers&sort=newest")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [int(row["id"]) for row in rows] == newest
    feed = ElementTree.fromstring(  # noqa: S314 - our own
        client.get(f"{path}list.atom?q=lockers&sort=newest").content
    )
    links = [entry.find(f"{ATOM}link").get("href") for entry in feed.findall(f"{ATOM}entry")]
    assert [int(re.search(r"/(\d+)/$", link)[1]) for link in links] == newest


def test_the_nearest_come_first(written, ground, name):
    reads = QUERIES[name]
    rows = {row.pk: row for row in reads.listing.public().on_map()}
    at = next(row.location for row in rows.values())
    found = nearest(reads.listing, at, reads.listing.filters(), 100, None)
    assert set(found) == set(rows)
    away = [rows[key].location.distance(at) for key in found]
    assert away[0] == 0
    assert away == sorted(away)


@pytest.mark.parametrize(
    "query", ["sort=price", "sort=rank", "colour=red", "q=%00", "theme=none", "cursor=1-1"]
)
def test_hostile_questions_are_refused(written, client, name, query):
    assert client.get(f"{PATHS[name]}?{query}").status_code == 400
    if not query.startswith("cursor"):
        with pytest.raises((BadParameter, UnknownParameter)):
            QUERIES[name].read(QueryDict(query))
