"""The pages of hubs that everybody sees."""

import pytest
from django.utils import timezone, translation

from hubs.hub.area_summary import AreaSummary
from hubs.hub.models import Hub
from tests.hubs.conftest import HTML
from tests.pledges.test_pages import words


def test_all_hubs_are_listed_with_a_map(client, hubs):
    answer = client.get("/hubs/")
    page = words(answer)
    assert "East hub Eastham Come in." in page
    assert 'href="/hubs/west/"' in answer.content.decode()
    assert "hubs/hub-points.js" in answer.content.decode()


def test_a_hub_says_who_it_is_and_how_to_reach_it(client, hubs):
    Hub.objects.filter(slug="west").update(
        about="We are three.\n\nTwo are nurses.", telephone="029 2018 0000"
    )
    page = words(client.get("/hubs/west/"))
    assert "West hub Come in. How to reach us Write to us Where Westham" in page
    assert "west@example.org Telephone 029 2018 0000" in page
    assert "Who we are We are three. Two are nurses." in page


def test_a_hub_s_own_words_are_in_welsh_where_the_site_is(client, hubs, settings):
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Welsh")]
    Hub.objects.filter(slug="west").update(about="We are three.", about_cy="Tri ydym ni.")
    page = words(client.get("/hubs/west/", headers={"Accept-Language": "cy"}))
    assert "Hyb y Gorllewin Dewch i mewn." in page
    assert "Tri ydym ni." in page
    with translation.override("cy"):
        assert Hub.objects.get(slug="west").local_about == "Tri ydym ni."


def test_what_goes_on_is_counted_in_the_hub_s_own_area(client, hubs, ground, pledge, count_up):
    for _ in range(3):
        pledge("In Cottleigh.", outcode="SO14")
    pledge("In Birchester.", organisation=ground.clinic)
    pledge("Somewhere in the East.", region=ground.east)
    pledge("In the West.", organisation=ground.hospital)
    pledge("Hidden.", organisation=ground.clinic, hidden=True)
    pledge("Long ago.", organisation=ground.clinic, on=timezone.localdate().replace(year=2014))
    count_up()
    here = AreaSummary.of(hubs["east"])
    assert (here.total, here.this_year, here.elsewhere) == (6, 5, 1)
    assert [(one.area.name, one.pledges) for one in here.districts] == [
        ("Birchester", 2),
        ("Cottleigh", 3),
    ]
    assert here.districts[1].shade > here.districts[0].shade > 0
    page = words(client.get("/hubs/east/"))
    assert "pledges 6 this year 5" in page
    assert "Elsewhere in the region 1" in page
    assert "Somewhere in the East." in page
    assert "In the West." not in page
    assert "Hidden." not in page


def test_nothing_pledged_is_no_shade(hubs, ground):
    here = AreaSummary.of(hubs["west"])
    assert [(one.area.name, one.pledges, one.shade) for one in here.districts] == [
        ("Alderham", 0, 0)
    ]


def test_a_hub_without_an_area_has_a_page(client, hubs):
    hubs["west"].areas.clear()
    assert "This hub looks after no area of its own yet." in words(client.get("/hubs/west/"))


def test_the_map_is_of_the_hub_s_own_area(client, hubs):
    page = client.get("/hubs/east/").content.decode()
    assert '"regions": ["Y59"]' in page
    assert '"code": "E07000003"' in page
    assert "E07000001" not in page


def test_words_of_a_team_are_text(client, hubs):
    Hub.objects.filter(slug="west").update(
        name=HTML, welcome=HTML, about=HTML, place=HTML, website='https://example.org/"><b>'
    )
    for path in ("/hubs/", "/hubs/west/", "/hubs/west/write/", "/hubs/west/written/"):
        page = client.get(path).content.decode()
        assert HTML not in page, path
        assert '"><b>' not in page, path
    found = client.post("/hubs/", {"place": "BS1 1AA"}).content.decode()
    assert HTML not in found
    assert "&lt;script&gt;" in found


def test_there_are_pages_of_hubs_alone(client, hubs):
    for path in ("/hubs/north/", "/hubs/north/write/", "/hubs/north/team/"):
        assert client.get(path).status_code in (404, 302)
    assert client.get("/hubs/north/").status_code == 404


@pytest.mark.parametrize("path", ["/hubs/", "/hubs/east/"])
def test_the_number_of_queries_does_not_grow_with_what_is_there(
    client, hubs, ground, pledge, resource, count_up, django_assert_max_num_queries, path
):
    for number in range(8):
        pledge(f"Pledge {number}", organisation=ground.clinic)
        resource(f"Resource {number}", hub=hubs["east"])
    count_up()
    with django_assert_max_num_queries(24):
        assert client.get(path).status_code == 200


def test_the_newest_resources_of_a_hub_stand_on_its_page(client, hubs, resource):
    for number in range(6):
        resource(f"Resource {number}")
    resource("Draft", published=False)
    resource("Elsewhere", hub=hubs["east"])
    resource("For all hubs", hub=None)
    page = words(client.get("/hubs/west/"))
    assert "Our resources Resource 5" in page
    assert "All 6 of them" in page
    for absent in ("Resource 0", "Draft", "Elsewhere", "For all hubs"):
        assert absent not in page


def test_the_api_says_how_to_reach_a_hub(client, hubs):
    Hub.objects.filter(slug="west").update(telephone="029 2018 0000", website="https://w.example")
    told = client.get("/api/collections/hubs/items/Y58").json()["properties"]
    assert (told["telephone"], told["website"]) == ("029 2018 0000", "https://w.example")
    assert "edited_at" not in told
