"""An official answer by mail: at once to the author of a post, in one digest to who follows it."""

import datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from hubs.conversation import actions, digest
from hubs.conversation.answering import actions as answering_actions
from hubs.conversation.models.private import Reader
from hubs.conversation.models.replies import Reply, Voice

TODAY = datetime.date(2026, 3, 3)
TOMORROW = TODAY + datetime.timedelta(days=1)


def to(mails) -> list[str]:
    return sorted(mail.message["To"] for mail in mails)


@pytest.fixture
def answered(ground, post, seat, stella, alice, bob):
    """Alice's post in the East, which Bob follows; its hub answers it at the desk when called."""
    made = post("More lockers.", region=ground.east, author=alice)
    actions.follow(made, bob)
    desk = seat(stella)

    def answer(text: str = "There will be lockers."):
        given = {"act": "publish", "text": text, "voice": Voice.HUB}
        assert desk.post(f"/talk/queue/{made.pk}/", given).status_code == 302
        return made

    return answer


def test_the_author_hears_at_once_and_who_follows_once_a_day(
    answered, reply, deliver, seat, alice, bob, charlie
):
    made = answered()
    (mail,) = deliver()
    assert mail.message["To"] == alice.email
    assert mail.message["Subject"] == "There is an official answer to your post"
    said = made.replies.get()
    assert f"/talk/replies/{said.pk}/" in mail.text
    page = seat(alice).get(f"/talk/replies/{said.pk}/", follow=True)
    assert page.redirect_chain[0][0].endswith(f"/talk/posts/{made.pk}/#reply-{said.pk}")
    assert "There will be lockers." in page.content.decode()
    reply(made, "At last.", author=charlie)
    deliver()
    assert sum(digest.batches(TODAY)) == 1
    (mail,) = deliver()
    assert mail.message["To"] == bob.email
    assert "about 1 post that you follow on Changemap: 1 official answer, 1 new reply." in mail.text
    assert "lockers" not in mail.text + mail.html
    answered("The lockers are here.")
    assert to(deliver()) == [alice.email]
    assert sum(digest.batches(TODAY)) == 0
    assert sum(digest.batches(TOMORROW)) == 1
    (mail,) = deliver()
    assert "Changemap: 1 official answer." in mail.text


def test_a_result_is_news_by_itself(answered, deliver, stella, bob):
    answering_actions.close(answered(), stella, "Done in March.")
    deliver()
    list(digest.batches(TODAY))
    (mail,) = deliver()
    assert mail.message["To"] == bob.email
    assert "Changemap: 1 official answer, 1 closed with a result." in mail.text


def test_one_click_of_a_mail_program_ends_both_kinds(answered, deliver, alice, bob):
    answered()
    (at_once,) = deliver()
    list(digest.batches(TODAY))
    (daily,) = deliver()
    for mail in (at_once, daily):
        assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = urlsplit(mail.message["List-Unsubscribe"].strip(" <>")).path
        strict = Client(enforce_csrf_checks=True)
        assert strict.get(path).status_code == 200
        assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Reader.objects.filter(no_mails_since__lte=timezone.now()).count() == 2
    answered("The lockers are here.")
    assert sum(digest.batches(TOMORROW)) == 0
    assert deliver() == []


def test_a_reply_that_was_let_through_later_is_told_of_then(answered, reply, deliver, bob, charlie):
    made = answered()
    late = reply(made, "At last.", author=charlie, confirmed=False)
    assert sum(digest.batches(TODAY)) == 1
    deliver()
    assert sum(digest.batches(TOMORROW)) == 0
    Reply.objects.filter(pk=late.pk).update(confirmed_at=timezone.now())
    assert sum(digest.batches(TOMORROW)) == 1
    (mail,) = deliver()
    assert "Changemap: 1 new reply." in mail.text
