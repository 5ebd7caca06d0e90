"""The three balloons light up as their person does each."""

import pytest

from pledges.accounts.models import User
from pledges.pledging import actions
from pledges.pledging.balloons import Balloons
from pledges.stories.actions import tell_story

LIT = ("You made or joined a pledge", "You shared a pledge", "You did it")


def lit(page) -> list[str]:
    body = page.get("/mine/").content.decode()
    return [words for words in LIT if words in body]


def test_one_after_the_other(made, pledge, bob, sign_in):
    page = sign_in(bob)
    assert lit(page) == []
    actions.join(made, bob)
    assert lit(page) == list(LIT[:1])
    page.post(f"/pledges/{made.pk}/shared/")
    assert lit(page) == list(LIT[:2])
    page.post(f"/pledges/{made.pk}/part-done/")
    assert lit(page) == list(LIT)


def test_the_author_lights_them_too(made, alice):
    assert Balloons.of(alice) == Balloons(pledge=True, share=False, do=False)
    actions.mark_done(made)
    assert Balloons.of(alice) == Balloons(pledge=True, share=False, do=True)
    actions.mark_not_done(made)
    assert Balloons.of(alice) == Balloons(pledge=True, share=False, do=False)


@pytest.mark.parametrize("state", [{"confirmed": False}, {"hidden": True}, {"withdrawn": True}])
def test_what_is_not_public_lights_nothing(pledge, bob, state):
    pledge(author=bob, done=True, **state)
    assert Balloons.of(bob) == Balloons(pledge=False, share=False, do=False)


def test_sharing_is_remembered_of_whoever_is_signed_in_and_once(made, alice, sign_in, client):
    address = f"/pledges/{made.pk}/shared/"
    assert client.post(address).url == f"/pledges/{made.pk}/"
    assert not User.objects.filter(shared_at__isnull=False).exists()
    page = sign_in(alice)
    assert page.get(address).status_code == 405
    assert "I have shared it" in page.get(f"/pledges/{made.pk}/").content.decode()
    page.post(address)
    first = User.objects.get(pk=alice.pk).shared_at
    page.post(address)
    assert User.objects.get(pk=alice.pk).shared_at == first
    assert "I have shared it" not in page.get(f"/pledges/{made.pk}/").content.decode()


def test_one_cannot_share_what_is_not_there(pledge, alice, sign_in):
    hidden = pledge(hidden=True)
    assert sign_in(alice).post(f"/pledges/{hidden.pk}/shared/").status_code == 404
    assert User.objects.get(pk=alice.pk).shared_at is None


def test_whoever_is_not_signed_in_has_none(made, client):
    assert Balloons.of(None) is None
    assert "balloon__skin" not in client.get(f"/pledges/{made.pk}/").content.decode()


def test_all_of_it_is_in_ones_data(done, alice, sign_in, part):
    tell_story(part(done, alice), text="We sat down together.")
    told = sign_in(alice).get("/mine/data.json").json()
    assert told["stories"][0]["text"] == "We sat down together."
    assert (told["certificates"], told["reminded"], told["shared_since"]) == ([], [], None)
