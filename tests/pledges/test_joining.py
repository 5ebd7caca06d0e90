"""Joining and liking: once a person, with undo, and exact however many at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from geo.core.errors import NotFound
from pledges.accounts.models import Confirmation, User
from pledges.pledging import actions
from pledges.pledging.models import Join, Like, PledgeCounts
from tests.pledges.writing import answered

MANY = 50


def counts(pledge) -> tuple[int, int]:
    return PledgeCounts.objects.values_list("likes", "joins").get(pledge=pledge)


def test_a_person_likes_and_joins_once_and_may_take_it_back(pledge, bob):
    made = pledge()
    assert actions.like(made, bob)
    assert not actions.like(made, bob)
    assert actions.join(made, bob)
    assert not actions.join(made, bob)
    assert counts(made) == (1, 1)
    assert actions.unlike(made, bob)
    assert not actions.unlike(made, bob)
    assert actions.leave(made, bob)
    assert not actions.leave(made, bob)
    assert counts(made) == (0, 0)


@pytest.mark.parametrize(("act", "model"), [(actions.like, Like), (actions.join, Join)])
def test_fifty_at_once_are_counted_exactly(committed, pledge, act, model):
    made = pledge()
    people = [User.objects.create_user(f"p{n}@example.org") for n in range(MANY)]

    def take_part(person: User) -> bool:
        try:
            return act(made, person)
        finally:
            connection.close()

    # Each of them twice, so that half of all come second.
    with ThreadPoolExecutor(MANY) as pool:
        firsts = sum(pool.map(take_part, people * 2))
    assert firsts == MANY
    assert model.objects.count() == MANY
    assert sum(counts(made)) == MANY


@pytest.mark.parametrize("act", [actions.like, actions.join])
def test_one_cannot_join_or_like_what_is_ones_own_or_not_public(pledge, alice, bob, act):
    own = pledge(author=alice)
    with pytest.raises(actions.OwnPledge):
        act(own, alice)
    hidden = pledge(hidden=True)
    with pytest.raises(NotFound):
        act(hidden, bob)
    assert counts(own) == counts(hidden) == (0, 0)


@pytest.mark.parametrize(("verb", "counted"), [("like", (1, 0)), ("join", (0, 1))])
def test_a_stranger_is_asked_by_mail(pledge, client, verb, counted):
    made = pledge()
    address = f"/pledges/{made.pk}/{verb}/"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"email": "Dora@example.org"})
    assert (answer.status_code, answer.url) == (302, "/confirm/")
    assert counts(made) == (0, 0)
    dora = answered()
    assert counts(made) == counted
    assert dora.email == "dora@example.org"


@pytest.mark.parametrize("email", ["", "nobody", "a@b@c", "x" * 300 + "@example.org"])
def test_a_stranger_without_an_address_is_told(pledge, client, email):
    made = pledge()
    answer = client.post(f"/pledges/{made.pk}/join/", {"email": email})
    assert answer.status_code == 400
    assert not Confirmation.objects.exists()


def test_somebody_signed_in_does_it_at_once_and_takes_it_back(pledge, client, bob):
    made = pledge()
    client.force_login(bob)
    page = f"/pledges/{made.pk}/"
    for verb, counted in (
        ("like", (1, 0)),
        ("join", (1, 1)),
        ("unlike", (0, 1)),
        ("leave", (0, 0)),
    ):
        # Opening the page of a deed does nothing.
        assert client.get(f"{page}{verb}/").status_code == 200
        assert client.post(f"{page}{verb}/").url == page
        assert counts(made) == counted


def test_one_is_told_that_it_is_ones_own(pledge, client, alice):
    made = pledge(author=alice)
    client.force_login(alice)
    assert client.post(f"/pledges/{made.pk}/join/").status_code == 409


def test_there_are_no_other_deeds(pledge, client, bob):
    made = pledge()
    client.force_login(bob)
    assert client.post(f"/pledges/{made.pk}/delete/").status_code == 404
    assert client.post("/pledges/999999/join/").status_code == 404


def test_nothing_is_done_from_another_site(pledge, bob):
    made = pledge()
    client = Client(enforce_csrf_checks=True)
    client.force_login(bob)
    assert client.post(f"/pledges/{made.pk}/join/").status_code == 403
    assert counts(made) == (0, 0)


def test_the_page_says_how_one_stands_to_it(pledge, client, bob):
    made = pledge()
    page = f"/pledges/{made.pk}/"
    assert "Join this pledge" in client.get(page).content.decode()
    client.force_login(bob)
    client.post(f"{page}join/")
    assert "You have joined this pledge" in client.get(page).content.decode()
    client.post(f"{page}part-done/")
    assert Join.objects.get().done_at
    made.refresh_from_db()
    assert not made.done
    client.post(f"{page}part-not-done/")
    assert Join.objects.get().done_at is None


def test_sharing_names_the_site_and_not_the_host_that_was_asked(pledge, client, settings):
    made = pledge('I will say "hello" & <b>listen</b>')
    page = client.get(f"/pledges/{made.pk}/", headers={"host": "evil.example"}).content.decode()
    assert "evil.example" not in page
    assert f'value="{settings.SITE_URL}/pledges/{made.pk}/"' in page
    assert (
        "mailto:?subject=A%20pledge&amp;body=I%20will%20say%20%22hello%22%20%26%20%3Cb%3E" in page
    )
    picture = client.get(f"/pledges/{made.pk}/qr.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert client.get("/pledges/999999/qr.svg").status_code == 404
