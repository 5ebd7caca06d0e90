"""Getting in touch: relayed, without addresses, limited, reportable, blockable."""

import datetime

import pytest
from django.utils import timezone

from pledges.accounts import retention
from pledges.moderation import messages
from pledges.moderation.models import Block, Case, Message
from pledges.moderation.personal_data import KEPT
from pledges.pledging import actions
from tests.pledges.moderation.conftest import decide, report

HELLO = {"text": "Hello, may I visit your ward?"}
HOSTILE = "<script>alert(7)</script> {{ user.email }} http://evil.example/"


@pytest.fixture
def thread(eastern, bob) -> Message:
    return messages.write(eastern, bob, "Hello.")


def test_the_way_there_and_back(seat, eastern, alice, bob, post, settings):
    settings.SITE_URL = "https://pledges.example.org"
    here, there = seat(bob), seat(alice)
    assert f"/pledges/{eastern.pk}/contact/" in here.get(f"/pledges/{eastern.pk}/").content.decode()
    answer = here.post(f"/pledges/{eastern.pk}/contact/", HELLO)
    first = Message.objects.get()
    assert answer.headers["Location"] == f"/messages/{first.pk}/"
    (received,) = post()
    assert received.message["To"] == alice.email
    assert f"https://pledges.example.org/messages/{first.pk}/" in received.text
    for part in (str(received.message), received.text, received.html):
        assert "visit your ward" not in part
        assert bob.email not in part
    assert "New" in there.get("/mine/").content.decode()
    page = there.get(f"/messages/{first.pk}/").content.decode()
    assert "may I visit your ward?" in page
    assert bob.email not in page
    there.post(f"/messages/{first.pk}/", {"text": "Yes, on Monday."})
    (back,) = post()
    assert back.message["To"] == bob.email
    page = here.get(f"/messages/{first.pk}/").content.decode()
    assert "Yes, on Monday." in page
    assert alice.email not in page


def test_only_where_the_author_allows_it(seat, pledge, alice, bob):
    silent = pledge("I will smile.", author=alice)
    assert "contact" not in seat(bob).get(f"/pledges/{silent.pk}/").content.decode()
    assert seat(bob).get(f"/pledges/{silent.pk}/contact/").status_code == 404
    with pytest.raises(messages.NoMessages):
        messages.write(silent, bob, "Hello.")


def test_a_stranger_is_asked_to_sign_in(seat, eastern):
    page = seat().get(f"/pledges/{eastern.pk}/contact/").content.decode()
    assert f"/accounts/login/?next=/pledges/{eastern.pk}/contact/" in page
    seat().post(f"/pledges/{eastern.pk}/contact/", HELLO)
    assert not Message.objects.exists()


def test_reading_sends_no_mail_any_more(thread, seat, alice, post):
    seat(alice).get(f"/messages/{thread.pk}/")
    assert post() == []


def test_sent_twice_it_is_one(seat, eastern, bob, alice):
    here = seat(bob)
    for _ in range(2):
        here.post(f"/pledges/{eastern.pk}/contact/", HELLO)
    first = Message.objects.get()
    for _ in range(2):
        seat(alice).post(f"/messages/{first.pk}/", {"text": "Yes."})
    assert Message.objects.count() == 2


def test_a_number_is_warned_of_and_not_held(seat, eastern, bob, post):
    here, told = seat(bob), {"text": "Ring 07700 900123."}
    page = here.post(f"/pledges/{eastern.pk}/contact/", told).content.decode()
    assert "Your message seems to hold a telephone number" in page
    assert "Ring 07700 900123." in page
    assert not Message.objects.exists()
    here.post(f"/pledges/{eastern.pk}/contact/", {**told, "warned": "1"})
    assert Message.objects.get().text == told["text"]
    assert not Case.objects.exists()
    assert len(post()) == 1


def test_how_many_is_limited(seat, pledge, thread, bob, monkeypatch):
    monkeypatch.setattr(messages, "FROM_PERSON", messages.rate_limits.Limit("few", 1, 3600))
    here = seat(bob)
    assert here.post(f"/messages/{thread.pk}/", {"text": "One."}).status_code == 302
    assert here.post(f"/messages/{thread.pk}/", {"text": "Two."}).status_code == 429
    assert Message.objects.count() == 2


def test_blocked_they_write_no_more_either_way(seat, thread, alice, bob, eastern):
    there = seat(alice)
    there.post(f"/messages/{thread.pk}/", {"block": "1"})
    assert Block.objects.get().blocked == bob
    for person in (alice, bob):
        here = seat(person)
        assert here.post(f"/messages/{thread.pk}/", {"text": "More."}).status_code == 403
    assert Message.objects.count() == 1
    there.post(f"/messages/{thread.pk}/", {"block": "0"})
    assert seat(bob).post(f"/messages/{thread.pk}/", {"text": "More."}).status_code == 302


def test_the_blocked_are_not_told_by_whom(seat, thread, alice, bob):
    messages.block(alice, bob)
    page = seat(bob).get(f"/messages/{thread.pk}/").content.decode()
    assert "No message can be sent here." in page
    assert "No longer block" not in page


@pytest.mark.parametrize("state", ["hidden", "blocked", "withdrawn", "no longer wanted"])
def test_who_gets_none(state, thread, eastern, alice, bob, charlie, stella, post):
    post()
    match state:
        case "hidden":
            decide(report(eastern, charlie), stella, Case.Outcome.HIDDEN)
        case "blocked":
            decide(report(eastern, charlie), stella, Case.Outcome.BLOCKED)
        case "withdrawn":
            actions.withdraw(eastern)
        case _:
            eastern.contactable = False
            eastern.save()
    eastern.refresh_from_db()
    for write in (
        lambda: messages.write(eastern, charlie, "Hello."),
        lambda: messages.reply(thread, bob, "More."),
    ):
        with pytest.raises(messages.NoMessages):
            write()
    assert all("message" not in received.message["Subject"] for received in post())


def test_nothing_is_sent_to_who_was_blocked_meanwhile(thread, alice, post):
    alice.is_active = False
    alice.save()
    assert post() == []


def test_a_hidden_message_is_seen_by_its_sender_alone(seat, thread, alice, bob, stella):
    seat(alice).post(f"/report/message/{thread.pk}/", {"reason": "unkind"})
    decide(Case.objects.get(), stella, Case.Outcome.HIDDEN)
    theirs = seat(alice).get(f"/messages/{thread.pk}/").content.decode()
    assert "Hello." not in theirs
    assert "Hidden by a moderator" in theirs
    own = seat(bob).get(f"/messages/{thread.pk}/").content.decode()
    assert "Hello." in own
    assert "Hidden by a moderator" in own


def test_what_people_write_stays_text(seat, pledge, alice, bob, stella, ground):
    made = pledge(HOSTILE, author=alice, region=ground.east, contactable=True)
    message = messages.write(made, bob, HOSTILE)
    case = report(made, bob, words=HOSTILE)
    decide(case, stella, Case.Outcome.HIDDEN, words=HOSTILE)
    pages = {
        seat(alice): (f"/messages/{message.pk}/", f"/mine/decisions/{case.pk}/", "/mine/"),
        seat(bob): (f"/messages/{message.pk}/",),
        seat(stella): ("/moderation/?show=decided", f"/moderation/{case.pk}/"),
    }
    for here, paths in pages.items():
        for path in paths:
            text = here.get(path).content.decode()
            assert "&lt;script&gt;alert(7)" in text, path
            assert "<script>alert" not in text, path


def test_they_are_in_ones_data_and_go_with_ones_account(seat, thread, alice, bob):
    messages.reply(thread, alice, "Yes.")
    told = seat(bob).get("/mine/data.json").json()
    assert [row["text"] for row in told["messages_sent"]] == ["Hello."]
    assert [row["text"] for row in told["messages_received"]] == ["Yes."]
    assert alice.email not in str(told)
    seat(bob).post("/mine/delete/", {"pledges": "keep"})
    assert not Message.objects.exists()


def test_what_was_decided_is_in_ones_data(seat, reported, stella, alice, bob):
    decide(reported, stella, Case.Outcome.HIDDEN, words="Please be kind.")
    (told,) = seat(alice).get("/mine/data.json").json()["moderated"]
    assert (told["text"], told["words"]) == ("I will listen.", "Please be kind.")
    assert stella.email not in str(told)
    assert seat(bob).get("/mine/data.json").json()["reported"][0]["reason"] == "unkind"


def test_old_ones_are_forgotten_by_whole_threads(thread, alice, bob, reported, stella):
    decide(reported, stella, Case.Outcome.KEPT)
    answer = messages.reply(thread, alice, "Yes.")
    long_ago = timezone.now() - KEPT - datetime.timedelta(days=1)
    Message.objects.filter(pk=thread.pk).update(created_at=long_ago)
    retention.forget()
    assert Message.objects.count() == 2
    assert Case.objects.count() == 1
    Message.objects.filter(pk=answer.pk).update(created_at=long_ago)
    Case.objects.update(decided_at=long_ago)
    retention.forget()
    assert not Message.objects.exists()
    assert not Case.objects.exists()
