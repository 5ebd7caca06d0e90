"""The page of an organisation: one address, what it was and is, all its pledges."""

import datetime
import re

import pytest

from pledges.pledging.models import Pledge
from tests.factories import make_organisation
from tests.pledges.test_pages import HOSTILE, one_day, words


def test_the_page_says_what_the_organisation_is(client, ground):
    ground.hospital.kind = "community"
    ground.hospital.postcode = "BS1 1AA"
    ground.hospital.opened = datetime.date(1994, 4, 1)
    ground.hospital.former_names = ["Alderham Infirmary"]
    ground.hospital.site_names = ["The Elms", "Sea View"]
    ground.hospital.save()
    page = words(client.get("/organisations/RXA/"))
    assert "Alderham Hospital" in page
    assert "Kind Community trust Code RXA Where Alderham West BS1 1AA Opened 1 April 1994" in page
    assert "Former names Alderham Infirmary Sites The Elms Sea View" in page


def test_what_became_of_it_is_told_on_both_pages(client, ground):
    old = make_organisation(
        "RXO", "Old Orchard", (-3, 51), ground.alderham, closed=datetime.date(2020, 3, 31)
    )
    old.successors.add(ground.hospital, ground.clinic)
    response = client.get("/organisations/RXO/")
    page = words(response)
    assert "This organisation ended on 31 March 2020. Its work went to:" in page
    assert "Nobody has pledged here yet. The organisations that took over" in page
    for code in ("RXA", "RXB"):
        assert f'href="/organisations/{code}/"' in response.content.decode()
    response = client.get("/organisations/RXA/")
    assert "Took over from Old Orchard" in words(response)
    assert 'href="/organisations/RXO/"' in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/organisations/rxa/", "/organisations/RXA/"),
        ("/organisations/alderham-hospital/", "/organisations/RXA/"),
        ("/organisations/Alderham-Hospital/?start=2", "/organisations/RXA/?start=2"),
        ("/organisations/Cottage-Society/", "/organisations/cottage-society/"),
    ],
)
def test_every_other_spelling_leads_for_good_to_the_one_address(client, ground, asked, led_to):
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, led_to)
    assert client.get(led_to).status_code == 200


@pytest.mark.parametrize(
    "code", ["RZZ", "%00", "%ff", "a" * 10_000, "'--", "<b>", "%E2%80%AE", "%F0%9F%8E%88"]
)
def test_an_unknown_organisation_is_not_found(client, ground, code):
    assert client.get(f"/organisations/{code}/").status_code == 404


def test_all_its_pledges_are_listed_and_counted_by_theme(client, ground, pledge):
    day = datetime.date(2026, 1, 1)
    for number in range(23):
        theme = "care" if number % 2 else "staff"
        on = day + number * one_day
        pledge(f"Pledge {number:02}.", organisation=ground.hospital, theme=theme, on=on)
    pledge("By region.", organisation=ground.hospital, show=Pledge.Show.REGION, region=ground.west)
    pledge("Gone.", organisation=ground.hospital, withdrawn=True)
    pledge("Of others.", organisation=ground.clinic)
    response = client.get("/organisations/RXA/")
    html = response.content.decode()
    assert "24 pledges Better care 12 Staff experience 12 " in words(response)
    assert "1 to 20 of 24" in html
    assert html.index("By region.") < html.index("Pledge 22.") < html.index("Pledge 21.")
    assert "Gone." not in html
    assert "Of others." not in html
    following = re.search(r'rel="next" href="([^"]*)"', html)[1].replace("&amp;", "&")
    second = client.get(following).content.decode()
    assert "21 to 24 of 24" in second
    assert re.findall(r"Pledge \d\d\.", second) == [f"Pledge 0{n}." for n in (3, 2, 1, 0)]
    before = re.search(r'rel="prev" href="([^"]*)"', second)[1].replace("&amp;", "&")
    assert "1 to 20 of 24" in client.get(before).content.decode()


def test_the_map_opens_with_its_pledges_alone(client, ground, pledge):
    pledge(organisation=ground.hospital)
    html = client.get("/organisations/RXA/").content.decode()
    assert 'href="/?organisation=RXA#map=10/51.5000/-3.0000"' in html


def test_an_organisation_without_pledges_or_place_says_what_to_do(client, ground):
    page = words(client.get("/organisations/cottage-society/"))
    assert "Nobody has pledged here yet. See pledges nearby on the map" in page
    assert "0 pledges" not in page


def test_demo_organisations_and_pledges_are_marked(client, ground, pledge):
    pledge("Made up.", organisation=ground.hospital, demo=True)
    ground.hospital.demo = True
    ground.hospital.save()
    main = client.get("/organisations/RXA/").content.decode().partition("<main")[2]
    assert main.count(">Demo</strong>") == 2


def test_hostile_names_stay_text(client, ground, pledge):
    ground.hospital.name = HOSTILE
    ground.hospital.former_names = ground.hospital.site_names = [HOSTILE]
    ground.hospital.save()
    pledge(HOSTILE, organisation=ground.hospital, display_name=HOSTILE[:100])
    page = client.get("/organisations/RXA/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 5


@pytest.mark.parametrize("query", ["cursor=x", "cursor=%00", "cursor=1-1&start=x"])
def test_a_place_in_the_list_that_is_none_of_ours_is_refused(client, ground, query):
    assert client.get(f"/organisations/RXA/?{query}").status_code == 400


def test_links_shared_elsewhere_still_work(client, ground):
    assert client.get("/organisations/RXA/?fbclid=1&utm_source=x").status_code == 200


def test_the_number_of_queries_is_fixed(client, ground, pledge, django_assert_max_num_queries):
    for _ in range(25):
        pledge(organisation=ground.hospital)
    with django_assert_max_num_queries(22):
        client.get("/organisations/RXA/")


def test_its_teams_are_named_with_their_public_pledges(client, ground, pledge):
    for text, team, more in (
        ("One.", "Ward 6", {}),
        ("Two.", "Ward 6", {}),
        ("Three.", HOSTILE[:100], {}),
        ("Gone.", "Ward 7", {"withdrawn": True}),
    ):
        pledge(text, organisation=ground.hospital, who=Pledge.Who.TEAM, team=team, **more)
    pledge("Elsewhere.", organisation=ground.clinic, who=Pledge.Who.TEAM, team="Ward 8")
    response = client.get("/organisations/RXA/")
    assert "Teams Ward 6 2 pledges" in words(response)
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "Ward 7" not in page
    assert "Ward 8" not in page
    assert "<h2" in page.partition("Teams")[0]
    assert 'id="teams"' not in client.get("/organisations/cottage-society/").content.decode()


def test_its_list_is_there_as_files(client, ground, pledge):
    pledge("Only this.", organisation=ground.hospital)
    pledge("Elsewhere.", organisation=ground.clinic)
    page = client.get("/organisations/RXA/").content.decode()
    assert 'rel="canonical" href="http://localhost:8000/organisations/RXA/"' in page
    links = re.findall(r'href="([^"]*(?:items|csv|atom)\?[^"]*)"', page)
    assert len(links) == 4
    for link in links:
        file = b"".join(answer) if (answer := client.get(link)).streaming else answer.content
        assert b"Only this." in file
        assert b"Elsewhere." not in file
