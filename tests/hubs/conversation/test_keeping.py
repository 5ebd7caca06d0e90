"""What is kept of people, for how long; mails once a day, and none for whoever wants none."""

import datetime

import pytest
from django.core import signing
from django.utils import timezone

from hubs.conversation import actions, digest
from hubs.conversation.digest import STOP
from hubs.conversation.models.authorship import Signed
from hubs.conversation.models.participation import Follow, Support
from hubs.conversation.models.posts import Post, PostCounts
from hubs.conversation.models.private import Reader, Veil
from hubs.conversation.models.replies import Reply
from hubs.conversation.moderated import POST
from pledges.accounts.delete_account import delete_account
from pledges.accounts.models import User
from pledges.accounts.retention import forget
from pledges.moderation import actions as reporting
from pledges.moderation.models import Case, Report
from tests.pledges.moderation.conftest import decide

TODAY = datetime.date(2026, 6, 1)


@pytest.fixture
def followed(post, reply, alice, bob, charlie) -> Post:
    """Alice's post, which Charlie follows and to which Bob has replied since."""
    made = post(author=alice)
    actions.follow(made, charlie)
    Follow.objects.update(told_at=timezone.now() - datetime.timedelta(hours=1))
    reply(made, author=bob)
    return made


def test_authors_hear_at_once_and_followers_once_a_day(
    followed, reply, deliver, alice, bob, charlie
):
    assert [mail.message["To"] for mail in deliver()] == [alice.email]
    assert sum(digest.batches(TODAY)) == 1
    (mail,) = deliver()
    assert mail.message["To"] == charlie.email
    assert "1 new reply" in mail.text
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    reply(followed, "Another.", author=bob)
    assert sum(digest.batches(TODAY)) == 0
    assert sum(digest.batches(TODAY + datetime.timedelta(days=1))) == 1


def test_nobody_hears_of_their_own_words_or_of_nothing(followed, reply, deliver, alice, charlie):
    deliver()
    Reply.objects.all().delete()
    Follow.objects.update(told_at=timezone.now() - datetime.timedelta(hours=1))
    reply(followed, author=charlie)
    reply(followed, author=charlie, signed=Signed.ANONYMOUS)
    assert sum(digest.batches(TODAY)) == 0
    reply(followed, author=alice)
    assert {mail.message["To"] for mail in deliver()} == {alice.email}


def test_one_click_ends_the_mails_and_they_can_begin_again(
    client, followed, reply, deliver, bob, charlie
):
    deliver()
    list(digest.batches(TODAY))
    (mail,) = deliver()
    off = mail.message["List-Unsubscribe"].strip("<>").partition("localhost:8000")[2]
    assert client.get(off).status_code == 200
    assert not Reader.objects.filter(no_mails_since__isnull=False).exists()
    assert client.post(off, {"List-Unsubscribe": "One-Click"}).status_code == 200
    reply(followed, author=bob)
    assert sum(digest.batches(TODAY + datetime.timedelta(days=1))) == 0
    other = signing.dumps(charlie.pk, salt=f"{STOP}.other")
    assert client.get(f"/talk/mails/off/{other}/").status_code == 410
    client.force_login(charlie)
    client.post("/talk/mails/", {"wanted": "1"})
    reply(followed, author=bob)
    assert sum(digest.batches(TODAY + datetime.timedelta(days=2))) == 1


@pytest.mark.parametrize("keep", [True, False])
def test_leaving_takes_names_or_all_of_it_along(post, reply, alice, bob, keep):
    named = post(author=alice, display_name="Alice", role="Nurse")
    veiled = post("Hush.", author=alice, signed=Signed.ANONYMOUS)
    others = post("Bob’s.", author=bob)
    said = reply(others, author=alice, display_name="Alice")
    actions.support(others, alice)
    delete_account(alice, keep_pledges=keep)
    assert not Veil.objects.exists()
    assert PostCounts.objects.get(post=others).supports == 0
    assert not Support.objects.exists()
    if keep:
        named.refresh_from_db()
        assert (named.author, named.display_name, named.role) == (None, "", "")
        assert Post.objects.filter(pk=veiled.pk).exists()
        assert Reply.objects.get(pk=said.pk).display_name == ""
    else:
        assert list(Post.objects.all()) == [others]
        assert PostCounts.objects.get(post=others).replies == 0


def test_what_is_kept_no_longer_is_forgotten(post, reply, alice):
    long_ago = timezone.now() - datetime.timedelta(days=400)
    kept = post(author=alice)
    reply(kept)
    for changes in (
        {"withdrawn_at": long_ago},
        {"created_at": long_ago, "verified_at": None, "confirmed_at": None},
    ):
        Post.objects.filter(pk=post("Old.").pk).update(**changes)
    forget()
    assert list(Post.objects.all()) == [kept]


def test_an_account_that_is_blocked_takes_what_is_anonymous_out_of_view(
    ground, post, reply, alice, bob, stella
):
    made = post(region=ground.east, author=alice)
    veiled = post("Hush.", author=alice, signed=Signed.ANONYMOUS)
    said = reply(made, author=alice)
    unkind = Report.Reason.UNKIND
    reporting.report(POST, made, reason=unkind, words="", person=bob, trace="")
    case = Case.objects.of(made).get()
    decide(case, stella, Case.Outcome.BLOCKED)
    for row in (made, veiled, said):
        row.refresh_from_db()
        assert not row.public
    assert not User.objects.get(pk=alice.pk).is_active
    assert PostCounts.objects.get(post=made).replies == 0
    case.refresh_from_db()
    decide(case, stella, Case.Outcome.KEPT)
    for row in (made, veiled, said):
        row.refresh_from_db()
        assert row.public
    assert PostCounts.objects.get(post=made).replies == 1
