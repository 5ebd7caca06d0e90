"""What is mine: mine alone, to take away, and to end."""

import json

import pytest

from pledges.accounts import confirmation
from pledges.accounts.models import Confirmation, User
from pledges.pledging import actions
from pledges.pledging.models import Join, Like, Pledge

PAGES = ("/mine/", "/mine/data.json", "/mine/delete/")


@pytest.fixture
def alices(pledge, alice):
    return pledge("I will listen.", outcode="SO14", author=alice, display_name="Alice A")


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_must_sign_in(client, db, path):
    assert client.get(path).headers["Location"].startswith("/accounts/login/?next=")


def test_nor_can_a_stranger_delete_anything(client, db):
    answer = client.post("/mine/delete/", {"pledges": "remove"})
    assert answer.headers["Location"].startswith("/accounts/login/?next=")


def test_each_sees_their_own(signed_in, alice, bob, pledge, alices):
    pledge("Bob's own.", author=bob)
    liked, joined = pledge("Liked by Alice."), pledge("Joined by Alice.")
    actions.like(liked, alice)
    actions.join(joined, alice)
    actions.like(alices, bob)
    page = signed_in(alice).get("/mine/").content.decode()
    for words in ("I will listen.", "Liked by Alice.", "Joined by Alice.", alice.email):
        assert words in page
    assert "own." not in page
    assert bob.email not in page


def test_the_data_are_all_and_only_mine(signed_in, alice, bob, pledge, alices):
    joined = pledge("Joined by Alice.", author=bob, display_name="Bob B")
    actions.join(joined, alice)
    actions.like(joined, alice)
    answer = signed_in(alice).get("/mine/data.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]
    told = json.loads(answer.content)
    assert told["account"]["email"] == alice.email
    assert [row["text"] for row in told["pledges"]] == ["I will listen."]
    assert told["pledges"][0]["outcode"] == "SO14"
    assert [row["pledge"] for row in told["joined"]] == [joined.pk]
    assert [row["pledge"] for row in told["liked"]] == [joined.pk]
    assert "Bob" not in answer.content.decode()


def test_opening_the_page_deletes_nothing(signed_in, alice):
    assert signed_in(alice).get("/mine/delete/").status_code == 200
    assert User.objects.filter(pk=alice.pk).exists()


def test_without_a_choice_nothing_is_deleted(signed_in, alice, alices):
    for choice in ({}, {"pledges": "both"}):
        assert signed_in(alice).post("/mine/delete/", choice).status_code == 400
    assert Pledge.objects.get().author == alice


def test_deleted_with_pledges_kept_without_my_name(signed_in, alice, alices):
    client = signed_in(alice)
    answer = client.post("/mine/delete/", {"pledges": "keep"}, follow=True)
    assert "Your account is deleted." in answer.content.decode()
    kept = Pledge.objects.get()
    assert (kept.author, kept.display_name, kept.public) == (None, "", True)
    assert not User.objects.filter(email=alice.email).exists()
    assert client.get("/mine/").status_code == 302


def test_deleted_with_pledges_removed(signed_in, alice, bob, alices):
    actions.join(alices, bob)
    signed_in(alice).post("/mine/delete/", {"pledges": "remove"})
    assert not User.objects.filter(email=alice.email).exists()
    (copy,) = Pledge.objects.all()
    assert (copy.author, copy.text, copy.display_name) == (bob, "I will listen.", "")


def test_deleting_takes_likes_and_joins_back(signed_in, alice, pledge):
    other = pledge("Another's.")
    actions.like(other, alice)
    actions.join(other, alice)
    signed_in(alice).post("/mine/delete/", {"pledges": "keep"})
    other.counts.refresh_from_db()
    assert (other.counts.likes, other.counts.joins) == (0, 0)
    assert not Like.objects.exists()
    assert not Join.objects.exists()


def test_deleting_forgets_what_waits_for_the_address(signed_in, alice, bob, pledge):
    unanswered = pledge("Unconfirmed.", confirmed=False)
    other = pledge("Another's.", author=bob)
    confirmation.ask(Confirmation.Kind.PLEDGE, alice.email, unanswered)
    confirmation.ask(Confirmation.Kind.LIKE, alice.email, other)
    confirmation.ask(Confirmation.Kind.LIKE, bob.email, other)
    signed_in(alice).post("/mine/delete/", {"pledges": "keep"})
    assert [row.email for row in Confirmation.objects.all()] == [bob.email]
    assert list(Pledge.objects.all()) == [other]
