"""What hubs keep of people: shown to them, taken away by them, forgotten in time."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from hubs.hub import actions
from hubs.hub.models import RETENTION, HubAnswer, HubMessage, Invitation
from pledges.accounts.delete_account import delete_account
from tests.hubs.conftest import HTML, write
from tests.pledges.test_pages import words


def aged(message: HubMessage, days: int, **marks: int) -> HubMessage:
    now = timezone.now()
    moments = {f"{mark}_at": now - datetime.timedelta(days=past) for mark, past in marks.items()}
    created = now - datetime.timedelta(days=days)
    HubMessage.objects.filter(pk=message.pk).update(created_at=created, **moments)
    return message


def test_messages_are_forgotten_a_year_after_the_last_word(hubs):
    west, year = hubs["west"], RETENTION.days
    aged(write(west, email="a@example.org"), year + 1)
    aged(write(west, email="b@example.org"), year + 9, closed=year + 1)
    kept = aged(write(west, email="c@example.org"), year + 9, closed=year - 1)
    young = aged(write(west, email="d@example.org"), year - 1)
    call_command("forget", dry_run=True, verbosity=0)
    assert HubMessage.objects.count() == 4
    call_command("forget", verbosity=0)
    assert set(HubMessage.objects.all()) == {kept, young}


def test_ended_invitations_are_forgotten(hubs, wilma):
    actions.invite(hubs["west"], "nora@example.org", wilma)
    call_command("forget", verbosity=0)
    assert Invitation.objects.exists()
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(days=8))
    call_command("forget", verbosity=0)
    assert not Invitation.objects.exists()


@pytest.fixture
def asked(hubs, bob, wilma) -> HubMessage:
    """What Bob wrote before he had an account, in other capitals, and the answer."""
    made = write(hubs["west"], email="BOB@example.org", text=f"Can you {HTML} help?")
    actions.answer_message(made, wilma, "We can.", "6f1b2a3c-0000-4000-8000-000000000000")
    return made


def test_what_somebody_wrote_is_on_their_page_and_in_their_data(seat, asked, bob, alice):
    browser = seat(bob)
    page = browser.get("/mine/")
    assert "What I wrote to hubs" in words(page)
    assert "We can." in words(page)
    assert HTML not in page.content.decode()
    (told,) = browser.get("/mine/data.json").json()["messages_to_hubs"]
    assert (told["hub"], told["email"]) == ("West hub", "BOB@example.org")
    assert told["answers"][0]["text"] == "We can."
    other = seat(alice)
    assert "What I wrote to hubs" not in words(other.get("/mine/"))
    assert other.get("/mine/data.json").json()["messages_to_hubs"] == []


def test_whoever_leaves_takes_their_messages_along(asked, bob, hubs, wilma):
    others = write(hubs["west"])
    actions.invite(hubs["west"], bob.email, wilma)
    delete_account(bob, keep_pledges=True)
    assert list(HubMessage.objects.all()) == [others]
    assert not HubAnswer.objects.exists()
    assert not Invitation.objects.exists()


def test_a_steward_who_leaves_leaves_the_answers(asked, wilma):
    delete_account(wilma, keep_pledges=True)
    assert HubAnswer.objects.get().author is None


def test_stewards_find_their_hubs_on_their_page(seat, hubs, wilma, bob):
    page = words(seat(wilma).get("/mine/"))
    assert "Hubs I look after West hub" in page
    assert "East hub" not in page
    assert "Hubs I look after" not in words(seat(bob).get("/mine/"))


def test_the_privacy_page_says_how_long(client, db):
    assert "Messages to hubs, after the last word" in words(client.get("/privacy/"))
