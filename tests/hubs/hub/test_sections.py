"""The hub to turn to, on the pages of pledges and organisations."""

from django.contrib.gis.geos import Point

from hubs.hub.models import Hub
from tests.pledges.test_pages import words


def test_a_pledge_shows_the_hub_of_its_region(client, hubs, ground, pledge):
    made = pledge(organisation=ground.hospital)
    page = words(client.get(f"/pledges/{made.pk}/"))
    assert "Hub for this area West hub Come in. Westham west@example.org" in page
    assert "Nearest" not in page


def test_where_another_is_nearer_both_are_shown(client, hubs, ground, pledge):
    Hub.objects.filter(slug="east").update(location=Point(-2.9, 51.5, srid=4326))
    made = pledge(organisation=ground.hospital)
    page = words(client.get(f"/pledges/{made.pk}/"))
    assert "West hub" in page
    assert "Nearest as the crow flies: East hub in Eastham, 7 km away." in page


def test_a_pledge_shown_by_region_has_its_hub_and_one_shown_nowhere_has_none(
    client, hubs, ground, pledge
):
    by_region = pledge(region=ground.east)
    assert "East hub" in words(client.get(f"/pledges/{by_region.pk}/"))
    nowhere = pledge()
    assert "Hub for this area" not in words(client.get(f"/pledges/{nowhere.pk}/"))


def test_an_organisation_shows_its_hub(client, hubs, ground):
    assert "East hub" in words(client.get("/organisations/RXB/"))
    assert "Hub for this area" not in words(client.get("/organisations/cottage-society/"))
