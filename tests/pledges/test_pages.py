"""The pages of pledges: what everyone may read, and what nobody may."""

import datetime
import re

import pytest

from pledges.pledging import actions
from pledges.pledging.models import Pledge, PledgeCounts
from tests.factories import noon

HOSTILE = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> {{ 7|add:7 }} {% now 'Y' %}"


def words(response) -> str:
    """The page's text as a reader meets it, without its marks."""
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_pledge_has_a_page_with_all_that_is_public_of_it(client, ground, pledge, alice):
    made = pledge(
        "I will sit down to listen.",
        theme="attitude",
        organisation=ground.hospital,
        author=alice,
        display_name="Alice, nurse",
        i_am=Pledge.IAm.NHS,
        due=datetime.date(2027, 3, 3),
        on=noon(datetime.date(2014, 3, 3)),
    )
    PledgeCounts.objects.filter(pledge=made).update(likes=12, joins=1)
    response = client.get(f"/pledges/{made.pk}/")
    page = words(response)
    assert "I will sit down to listen." in page
    assert "Attitude" in page
    assert "Alice, nurse" in page
    assert "Works in the NHS" in page
    assert "Made on 3 March 2014" in page
    assert "To be done by 3 March 2027" in page
    assert "At Alderham Hospital" in page
    assert "12 likes · 1 joined" in page
    html = response.content.decode()
    assert 'href="/organisations/RXA/"' in html
    assert 'href="/#map=15/51.5000/-3.0000"' in html
    assert alice.email not in html


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"outcode": "SO14"}, "Somewhere in SO14 (Cottleigh)"),
        ({"region": True}, "In East, not on the map"),
        ({}, "Not on the map"),
    ],
)
def test_a_page_says_no_more_of_the_place_than_the_person_chose(
    client, ground, pledge, place, said
):
    if place.get("region"):
        place = {"region": ground.east}
    made = pledge(**place)
    assert said in words(client.get(f"/pledges/{made.pk}/"))


def test_a_done_pledge_says_when_instead_of_by_when(client, pledge):
    made = pledge(due=datetime.date(2027, 3, 3))
    Pledge.objects.filter(pk=made.pk).update(done_at=noon(datetime.date(2026, 5, 4)))
    page = words(client.get(f"/pledges/{made.pk}/"))
    assert "Done on 4 May 2026" in page
    assert "To be done by" not in page


def test_a_team_and_a_whole_organisation_are_named_as_such(client, ground, pledge):
    team = pledge(who=Pledge.Who.TEAM, team="ward 7", organisation=ground.hospital)
    assert "Who Ward 7 Organisation Alderham Hospital" in words(client.get(f"/pledges/{team.pk}/"))
    whole = pledge(who=Pledge.Who.ORGANISATION, organisation=ground.clinic)
    assert "Who The whole organisation" in words(client.get(f"/pledges/{whole.pk}/"))
    nobody = pledge()
    assert "Who Someone" in words(client.get(f"/pledges/{nobody.pk}/"))


def test_demo_pledges_are_marked_and_others_are_not(client, pledge):
    tag = '<strong class="nhsuk-tag nhsuk-tag--yellow">Demo</strong>'

    def marks(made: Pledge, address: str) -> int:
        page = client.get(f"/pledges/{made.pk}/{address}").content.decode()
        return page.partition("<main")[2].count(tag) if not address else page.count(tag)

    for address in ("", "popup/"):
        assert marks(pledge(demo=True), address) == 1
        assert marks(pledge(), address) == 0


@pytest.mark.parametrize("address", ["/pledges/{}/", "/pledges/{}/popup/"])
def test_what_is_not_public_is_not_there(client, pledge, address):
    shown = pledge("Here I am.")
    assert client.get(address.format(shown.pk)).status_code == 200
    actions.withdraw(shown)
    unconfirmed = pledge("Not yet.", confirmed=False)
    hidden = pledge("Moderated.", hidden=True)
    for gone in (shown, unconfirmed, hidden):
        response = client.get(address.format(gone.pk))
        assert response.status_code == 404
        assert gone.text not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/pledges/0/",
        "/pledges/99999999999999999999999999/",
        "/pledges/-1/",
        "/pledges/1.5/",
        "/pledges/٣/",
        "/pledges/%00/",
        "/pledges/1%27/popup/",
        "/spots/281474976710656/",
        "/spots/99999999999999999999999999/",
        "/spots/x/",
    ],
)
def test_addresses_that_name_nothing_are_not_found(client, ground, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/pledges/{}/", "/pledges/{}/popup/"])
def test_what_people_wrote_never_becomes_html(client, ground, pledge, address):
    made = pledge(HOSTILE, display_name=HOSTILE[:100], organisation=ground.hospital, outcode="SO14")
    ground.hospital.name = HOSTILE
    ground.hospital.save()
    page = client.get(address.format(made.pk)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
    assert "{{ 7|add:7 }}" in page, "nor a template"


def test_a_popup_is_a_piece_that_opens_the_page(client, ground, pledge):
    made = pledge("I will wash my hands.", organisation=ground.hospital)
    html = client.get(f"/pledges/{made.pk}/popup/").content.decode()
    assert "<html" not in html
    assert "I will wash my hands." in html
    assert html.index("<h2") < html.index("I will wash my hands.")
    assert f'href="/pledges/{made.pk}/"' in html


def test_a_spot_lists_its_pledges_twenty_at_a_time_both_ways(client, ground, pledge):
    day = datetime.date(2026, 1, 1)
    for number in range(45):
        pledge(f"Pledge {number:02}.", organisation=ground.hospital, on=day + number * one_day)
    pledge("Elsewhere.", organisation=ground.clinic)
    address = f"/spots/{ground.hospital.morton}/"
    seen = []
    spans = []
    query = ""
    while True:
        html = client.get(address + query, headers={"X-Fragment": "1"}).content.decode()
        seen += re.findall(r"Pledge \d\d\.", html)
        spans += re.findall(r"\d+ to \d+ of \d+", html)
        following = re.search(r'rel="next" data-page href="[^"?]*(\?[^"]*)"', html)
        if not following:
            break
        query = following[1].replace("&amp;", "&")
    assert seen == [f"Pledge {number:02}." for number in reversed(range(45))]
    assert spans == ["1 to 20 of 45", "21 to 40 of 45", "41 to 45 of 45"]
    back = re.search(r'rel="prev" data-page href="[^"?]*(\?[^"]*)"', html)[1].replace("&amp;", "&")
    page = client.get(address + back).content.decode()
    assert "21 to 40 of 45" in page
    assert re.findall(r"Pledge \d\d\.", page)[0] == "Pledge 24."


one_day = datetime.timedelta(days=1)


def test_a_spot_obeys_the_filters_and_keeps_them_on_the_next_page(client, ground, pledge):
    for _ in range(21):
        pledge("Of care.", organisation=ground.hospital, theme="care")
    pledge("Of staff.", organisation=ground.hospital, theme="staff")
    pledge("Withdrawn.", organisation=ground.hospital, theme="staff", withdrawn=True)
    address = f"/spots/{ground.hospital.morton}/"
    html = client.get(f"{address}?theme=care").content.decode()
    assert "21 pledges here" in html
    assert "Of staff." not in html
    assert f'href="{address}?theme=care&amp;cursor=' in html
    html = client.get(f"{address}?theme=staff").content.decode()
    assert "1 pledge here" in html
    assert "Withdrawn." not in html
    html = client.get(f"{address}?theme=patients").content.decode()
    assert "Choose fewer filters" in html


def test_a_spot_is_a_piece_for_scripts_and_a_page_for_people(client, ground, pledge):
    pledge(organisation=ground.hospital)
    address = f"/spots/{ground.hospital.morton}/"
    page = client.get(address)
    assert "<html" in page.content.decode()
    piece = client.get(address, headers={"X-Fragment": "1"})
    assert "<html" not in piece.content.decode()
    assert "X-Fragment" in piece["Vary"]


@pytest.mark.parametrize(
    "query",
    [
        "cursor=x",
        "cursor=%00",
        "cursor=ffffffffffffffff-ffffffffffffffff",
        "cursor=1-1&start=0",
        "start=nan",
        "start=-1",
        "theme=nothing",
        "organisation=%00",
        "q=" + "a" * 10_000,
        "bbox=nan,0,0,0",
        "page=2",
    ],
)
def test_what_a_spot_cannot_read_is_refused(client, ground, query):
    response = client.get(f"/spots/{ground.hospital.morton}/?{query}")
    assert response.status_code == 400


def test_a_spot_asks_a_fixed_number_of_queries(
    client, ground, pledge, django_assert_max_num_queries
):
    for _ in range(25):
        pledge(organisation=ground.hospital)
    with django_assert_max_num_queries(9):
        client.get(f"/spots/{ground.hospital.morton}/?theme=care")


def test_pages_are_read_and_never_written(client, ground, pledge):
    made = pledge(organisation=ground.hospital)
    for address in (f"/pledges/{made.pk}/", f"/pledges/{made.pk}/popup/", "/organisations/RXA/"):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200
