"""Bookmarks: kept once, seen by nobody else, and silent about what has gone."""

import datetime

import pytest
from django.utils import timezone

from hubs.conversation.answering import actions as answering_actions
from hubs.conversation.models.posts import Post
from hubs.events.models import Event
from hubs.following import actions, ratable
from hubs.following.models import Bookmark
from hubs.resources.models import Resource
from pledges.accounts.my_data import everything
from pledges.pledging.models import Pledge

LIST = "/mine/changemap/bookmarks/"


def page(client) -> str:
    return client.get(LIST).content.decode()


@pytest.fixture
def event(hubs) -> Event:
    start = timezone.now() + datetime.timedelta(days=3)
    end = start + datetime.timedelta(hours=1)
    times = {"starts_at": start, "ends_at": end, "place": "Hall", "status": "published"}
    return Event.objects.create(slug="tea-abcd", title="Tea for all", kind="meeting", **times)


def test_each_kind_has_a_button_that_keeps_it_once(
    seat, alice, pledge, post, resource, event, action
):
    client = seat(alice)
    practice = action("Quiet rooms", good_practice=True)
    made = pledge("I will listen."), post("More lockers."), resource("A guide"), event, practice
    pages = [thing.address(row) for thing, row in zip(ratable.bookmarked(), made, strict=True)]
    for thing, row, address in zip(ratable.bookmarked(), made, pages, strict=True):
        button = f"{LIST}{thing.slug}/{row.pk}/"
        assert f'action="{button}"' in client.get(address).content.decode()
        for _twice in range(2):
            assert client.post(button, {"kept": "1"}).headers["Location"] == address
        assert "Remove the bookmark" in client.get(address).content.decode()
    assert Bookmark.objects.count() == len(made)
    seen = page(client)
    places = [seen.index(text) for text in ("Tea for all", "A guide", "More lock", "I will listen")]
    assert places == sorted(places)
    gone = client.post(f"{LIST}post/{made[1].pk}/", {"kept": "0"})
    assert gone.headers["Location"] == pages[1]
    gone = client.post(f"{LIST}pledge/{made[0].pk}/", {"kept": "0", "list": "1"})
    assert gone.headers["Location"] == LIST
    assert [text in page(client) for text in ("More lockers.", "A guide")] == [False, True]


def test_a_stranger_is_led_to_sign_in_and_asked(client, seat, alice, pledge):
    made = pledge("I will listen.")
    address = f"{LIST}pledge/{made.pk}/"
    assert f'href="{address}"' in client.get(f"/pledges/{made.pk}/").content.decode()
    assert client.post(address, {"kept": "1"}).headers["Location"].endswith(f"?next={address}")
    assert "I will listen." in seat(alice).get(address).content.decode()
    assert not Bookmark.objects.exists()


def test_what_has_gone_says_so_and_no_more(seat, alice, pledge, post, resource):
    gone = pledge("Zanzibar one."), post("Zanzibar two."), resource("Zanzibar three")
    for thing, row in zip(ratable.bookmarked(), gone, strict=False):
        actions.add_bookmark(alice, thing, row)
    now = timezone.now()
    Pledge.objects.update(hidden_at=now)
    Post.objects.update(withdrawn_at=now)
    Resource.objects.all().delete()
    client = seat(alice)
    for seen in (page(client), client.get("/mine/changemap/").content.decode()):
        assert "Zanzibar" not in seen
        assert seen.count("no longer shown</p>") == len(gone)
    for row, slug in zip(gone[:2], ("pledge", "post"), strict=True):
        assert client.get(f"{LIST}{slug}/{row.pk}/").status_code == 404
        client.post(f"{LIST}{slug}/{row.pk}/", {"kept": "0"})
    assert page(client).count("no longer shown</p>") == 1


def test_a_post_that_was_joined_with_another_leads_to_that(seat, alice, olga, post):
    gone, kept = post("Zanzibar lockers."), post("More lockers.")
    actions.add_bookmark(alice, ratable.POST, gone)
    answering_actions.merge(gone, kept, olga)
    seen = page(seat(alice))
    assert f'href="/talk/posts/{kept.pk}/"' in seen
    assert "Zanzibar" not in seen


def test_they_are_nobody_elses_business(seat, alice, bob, olga, pledge):
    made = pledge("I will listen.")
    actions.add_bookmark(alice, ratable.PLEDGE, made)
    assert "I will listen." not in page(seat(bob))
    assert "Bookmark this" in seat(bob).get(f"/pledges/{made.pk}/").content.decode()
    assert seat(olga).get("/admin/hubs/bookmark/").status_code == 404
    assert everything(bob)["bookmarks"] == []
    (told,) = everything(alice)["bookmarks"]
    assert (told["kind"], told["id"]) == ("pledge", made.pk)


@pytest.mark.parametrize("address", [f"{LIST}song/1/", f"{LIST}pledge/{2**63}/"])
def test_what_is_no_thing_is_not_kept(seat, alice, ground, address):
    assert seat(alice).post(address, {"kept": "1"}).status_code == 404
    assert seat(alice).post(address, {"kept": "0"}).status_code in (302, 404)
