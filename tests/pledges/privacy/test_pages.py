"""The notice and the terms: found from every page, and true."""

import pytest

from pledges.accounts.models import User


@pytest.mark.parametrize("path", ["/privacy/", "/terms/"])
def test_they_are_linked_from_every_page(client, database, path):
    assert client.get(path).status_code == 200
    for page in ("/", "/pledges/", "/data/", "/privacy/"):
        assert f'href="{path}"' in client.get(page).content.decode()


def test_they_say_who_runs_the_site(client, database, settings):
    assert "has not said yet who they are" in client.get("/privacy/").content.decode()
    settings.CONTACT = "The Trust, <privacy@example.org>"
    for path in ("/privacy/", "/terms/"):
        page = client.get(path).content.decode()
        assert "The Trust, &lt;privacy@example.org&gt;" in page


def test_only_the_cookies_that_it_names_are_set(client, alice):
    """A reader gets none; a form brings the one against forging; signing in the one of that."""
    for path in ("/", "/pledges/", "/privacy/", "/api/"):
        assert not client.get(path).cookies
    assert set(client.get("/pledges/new/").cookies) <= {"csrftoken"}
    client.force_login(alice)
    assert set(client.cookies) <= {"csrftoken", "sessionid"}


def test_nothing_is_fetched_from_anybody_else(client, database):
    policy = client.get("/")["Content-Security-Policy"]
    assert "http" not in policy.replace("upgrade-insecure-requests", "")


def test_what_is_shown_of_a_person_is_what_they_chose(client, pledge, alice):
    made = pledge(author=alice, display_name="")
    page = client.get(f"/pledges/{made.pk}/").content.decode()
    assert User.objects.get(pk=alice.pk).email not in page
    assert alice.name not in page
