"""The pages around the map, as the server writes them."""

import re
from datetime import date

import pytest
from django.urls import reverse

from pledges.pledging.models import ChangeDay

PAGES = ("map", "map-list", "off-map", "accessibility", "data", "words")
OUTSIDE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//|url\(["']?(?:https?:)?//""")


@pytest.fixture
def three(pledge, ground, count_up):
    """One pledge at the hospital, one shown by region, one nowhere."""
    pledge("I will listen.", organisation=ground.hospital)
    pledge("I will ask.", theme="staff", region=ground.east)
    pledge("I will smile.", theme="staff")
    count_up()


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", response.content.decode()))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_another_host(client, three, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert not OUTSIDE.search(response.content.decode())


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_inline_styles_or_handlers(client, three, name):
    text = client.get(reverse(name)).content.decode()
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", text)


def test_scripts_in_the_page_carry_the_nonce_of_the_policy(client, three):
    response = client.get("/")
    nonce = re.search(r"'nonce-([^']+)'", response["Content-Security-Policy"])[1]
    inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", response.content.decode())
    assert inline == [f'<script type="module" nonce="{nonce}">']


def test_the_total_adds_up(client, three):
    assert "3 pledges = 1 on the map + 2 not on the map" in words(client.get("/"))
    assert "2 pledges = 0 on the map + 2" in words(client.get("/?theme=staff"))


def test_nobody_has_pledged_yet(client, ground):
    text = words(client.get("/"))
    assert "0 pledges = 0 on the map + 0 not on the map" in text
    assert "There are no pledges here." in text


def test_the_counter_runs_towards_the_next_change_day(client, three):
    ChangeDay.objects.create(date="2199-03-03", name="Change Day 2199", goal=500)
    text = words(client.get("/"))
    assert "Change Day 2199" in text
    assert "3 of 500 pledges" in text


def test_the_counter_counts_from_the_day_before_last(client, pledge, count_up):
    ChangeDay.objects.create(date="2014-03-03", name="Past", goal=1)
    ChangeDay.objects.create(date="2199-03-03", name="Next", goal=10)
    pledge("Then.", on=date(2014, 3, 3))
    pledge("After.", on=date(2014, 3, 4))
    count_up()
    assert "1 of 10 pledges" in words(client.get("/"))


def test_no_counter_without_a_day_to_come(client, three):
    assert "days left" not in words(client.get("/"))


def test_what_is_not_on_the_map_can_be_listed_by_kind(client, three):
    everything = words(client.get("/off-map/"))
    assert "I will ask." in everything
    assert "I will smile." in everything
    assert "I will listen." not in everything
    assert "I will ask." not in words(client.get("/off-map/?show=none"))
    assert "I will smile." not in words(client.get("/off-map/?show=region"))


def test_fragments_are_for_those_who_ask_for_one(client, three):
    for path in ("/map/list/", "/off-map/"):
        assert "<html" in client.get(path).content.decode()
        fragment = client.get(path, headers={"X-Fragment": "1"})
        assert "<html" not in fragment.content.decode()
        assert "X-Fragment" in fragment["Vary"]


def test_ticked_boxes_of_a_plain_form_are_read_together(client, three):
    response = client.get("/?theme=care&theme=staff&status=&q=&organisation=")
    assert "3 pledges" in words(response)


def test_links_with_trackers_work_and_other_strange_names_do_not(client, three):
    assert client.get("/?utm_source=x&fbclid=y").status_code == 200
    assert client.get("/?nonsense=1").status_code == 400


@pytest.mark.parametrize(
    "query",
    ["show=all", "cursor=x", "cursor=-1", "start=0", "theme=x", "since=2020-02-30", "area=ZZ9"],
)
def test_what_cannot_be_used_is_said_on_a_page(client, three, query):
    response = client.get(f"/off-map/?{query}")
    assert response.status_code == 400
    assert "We could not use this address" in words(response)


@pytest.mark.parametrize("place", ["", "x" * 300, "a\x00b", "<b>bold</b>", "'; drop table"])
def test_hostile_searches_without_scripts(client, three, place):
    response = client.post("/", {"place": place})
    assert response.status_code in {200, 400}
    assert "<b>bold</b>" not in response.content.decode()


def test_a_search_without_scripts_shows_what_is_near(client, ground, pledge, count_up):
    near = pledge("Near.", outcode="BS1")
    pledge("Far.", outcode="SO14")
    count_up()
    text = words(client.post("/", {"place": "bs1 1aa"}))
    assert "Pledges near BS1 1AA." in text
    assert near.text in text
    assert "Far." not in text


def test_a_map_costs_the_same_few_queries_with_more_pledges(
    client, pledge, ground, count_up, django_assert_max_num_queries
):
    for number in range(30):
        pledge(f"Pledge {number}", organisation=ground.hospital)
    count_up()
    client.get("/")
    with django_assert_max_num_queries(24):
        client.get("/")
