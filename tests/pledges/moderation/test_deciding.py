"""Deciding, taking back, answering; what an author is told, by page and by mail."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from pledges.accounts import confirmation
from pledges.accounts.models import Confirmation
from pledges.moderation import actions as moderating
from pledges.moderation.models import Case, Decision
from pledges.pledging import actions
from pledges.pledging.models import Pledge
from pledges.stories.models import Story
from tests.pledges.moderation.conftest import decide, report

Outcome = Case.Outcome
OURS = "Please name nobody. <script>alert(7)</script>"


def test_hidden_it_is_gone_and_counts_follow(reported, stella, eastern, count_up, client):
    count_up()
    assert client.get("/map/summary.json").json()["total"] == 1
    decide(reported, stella, Outcome.HIDDEN)
    count_up()
    assert client.get(f"/pledges/{eastern.pk}/").status_code == 404
    assert client.get("/map/summary.json").json()["total"] == 0
    decide(reported, stella, Outcome.KEPT)
    count_up()
    assert client.get("/map/summary.json").json()["total"] == 1


def test_every_decision_is_kept_with_what_it_was_about(reported, stella, olga, eastern):
    decide(reported, stella, Outcome.HIDDEN, words=OURS)
    actions.correct(eastern, "I will listen better.")
    decide(reported, olga, Outcome.KEPT)
    first, second = Decision.objects.all()
    assert (first.text, first.words, first.ground, first.decided_by) == (
        "I will listen.",
        OURS,
        Decision.Ground.UNKIND,
        stella,
    )
    assert (second.text, second.ground, second.decided_by) == ("I will listen better.", "", olga)
    reported.refresh_from_db()
    assert (reported.original, reported.outcome) == ("I will listen.", Outcome.KEPT)


def test_a_blocked_account_and_all_of_it(
    reported, stella, eastern, alice, bob, pledge, seat, count_up
):
    other = pledge("I will smile.", author=alice)
    story = Story.objects.create(pledge=eastern, author=alice, text="It went well.")
    bobs = pledge("I will walk.", author=bob)
    signed_in = seat(alice)
    assert signed_in.get("/mine/").status_code == 200
    decide(reported, stella, Outcome.BLOCKED)
    assert signed_in.get("/mine/").status_code == 302
    assert list(Pledge.objects.public()) == [bobs]
    assert not Story.objects.public().exists()
    asked = Confirmation.objects.create(
        kind=Confirmation.Kind.LIKE,
        email=alice.email,
        pledge=bobs,
        token_digest="0" * 64,
        expires_at="2999-01-01T00:00Z",
    )
    with pytest.raises(PermissionDenied):
        confirmation.confirm(asked)
    decide(reported, stella, Outcome.KEPT)
    alice.refresh_from_db()
    assert alice.is_active
    assert set(Pledge.objects.public()) == {eastern, other, bobs}
    assert list(Story.objects.public()) == [story]


def test_unblocking_leaves_hidden_what_was_hidden_for_itself(
    reported, stella, eastern, alice, bob, pledge
):
    before, during = (
        pledge(text, author=alice, region=eastern.region) for text in ("One.", "Two.")
    )
    decide(report(before, bob), stella, Outcome.HIDDEN)
    later = report(during, bob)
    decide(reported, stella, Outcome.BLOCKED)
    decide(later, stella, Outcome.HIDDEN)
    decide(reported, stella, Outcome.KEPT)
    assert list(Pledge.objects.public()) == [eastern]


def test_what_is_kept_of_a_blocked_author_comes_back_with_them(
    reported, stella, eastern, alice, bob, pledge
):
    other = pledge("Two.", author=alice, region=eastern.region)
    case = report(other, bob)
    decide(reported, stella, Outcome.BLOCKED)
    decide(case, stella, Outcome.KEPT)
    assert not Pledge.objects.public().exists()
    decide(reported, stella, Outcome.HIDDEN)
    alice.refresh_from_db()
    assert alice.is_active
    assert list(Pledge.objects.public()) == [other]


def test_a_block_is_upheld_after_an_answer(reported, stella, alice, eastern):
    decide(reported, stella, Outcome.BLOCKED)
    moderating.answer(reported, "I did not mean it.")
    decide(reported, stella, Outcome.BLOCKED)
    alice.refresh_from_db()
    assert not alice.is_active
    decide(reported, stella, Outcome.KEPT)
    assert Pledge.objects.get().public


def test_an_author_is_told_why(reported, stella, alice, eastern, post, seat, settings):
    settings.SITE_URL = "https://pledges.example.org"
    decide(reported, stella, Outcome.HIDDEN, words=OURS)
    (received,) = post()
    assert received.message["To"] == alice.email
    for body in (received.text, received.html):
        assert "It is unkind or abusive" in body
        assert "Please name nobody" not in body
        assert "I will listen" not in body
    link = re.search(r"https://pledges.example.org(/decisions/\S+/)", received.text)[1]
    for page in (seat().get(link), seat(alice).get(f"/mine/decisions/{reported.pk}/")):
        text = page.content.decode()
        assert "A moderator hid what you wrote" in text
        assert "It is unkind or abusive" in text
        assert "Please name nobody. &lt;script&gt;" in text
        assert "stella" not in text.lower()


def test_nobody_is_told_of_what_was_only_reported(reported, stella, post):
    decide(reported, stella, Outcome.KEPT)
    assert post() == []


def test_taken_back_before_the_mail_went_nothing_is_sent_of_it(reported, stella, post):
    decide(reported, stella, Outcome.HIDDEN)
    decide(reported, stella, Outcome.KEPT)
    (received,) = post()
    assert received.message["Subject"] == "What you wrote is in view"


def test_blocked_they_answer_once_by_the_link(reported, stella, post, seat):
    decide(reported, stella, Outcome.BLOCKED)
    (received,) = post()
    link = re.search(r"(/decisions/\S+/)", received.text)[1]
    stranger = seat()
    assert "Your account is blocked" in stranger.get(link).content.decode()
    reported.refresh_from_db()
    assert reported.decided_at
    answer = {"answer": "I meant well. <b>Really</b>"}
    assert stranger.post(link, {"answer": " "}).status_code == 400
    assert stranger.post(link, answer).status_code == 302
    reported.refresh_from_db()
    assert (reported.why, reported.decided_at) == (Case.Why.ANSWERED, None)
    assert stranger.post(link, answer).status_code == 409
    assert "I meant well. &lt;b&gt;" in stranger.get(link).content.decode()
    queue = seat(stella)
    assert "The author answered" in queue.get("/moderation/").content.decode()
    case = queue.get(f"/moderation/{reported.pk}/").content.decode()
    assert "I meant well. &lt;b&gt;" in case


def test_a_link_that_is_not_ours_or_is_old(reported, stella, seat, post, monkeypatch):
    assert seat().get("/decisions/nothing/").status_code == 410
    decide(reported, stella, Outcome.HIDDEN)
    link = re.search(r"(/decisions/\S+/)", post()[0].text)[1]
    monkeypatch.setattr("pledges.moderation.notifications.LINK_LIVES", -1)
    assert seat().get(link).status_code == 410


def test_three_states_are_told_apart(pledge, alice, bob, stella, ground, seat):
    hidden = pledge("One.", author=alice, region=ground.east)
    decide(report(hidden, bob), stella, Outcome.HIDDEN)
    actions.withdraw(pledge("Two.", author=alice))
    page = seat(alice).get("/mine/").content.decode()
    assert page.count("Hidden by a moderator") >= 1
    assert page.count("Withdrawn") == 1
    blocked = seat().get("/accounts/inactive/").content.decode()
    assert "This account is blocked" in blocked


def test_a_reported_author_does_not_learn_of_it(reported, alice, seat):
    assert seat(alice).get(f"/mine/decisions/{reported.pk}/").status_code == 404
    assert "/mine/decisions/" not in seat(alice).get("/mine/").content.decode()


def test_a_reason_is_needed_to_hide(reported, stella, seat):
    here = seat(stella)
    path = f"/moderation/{reported.pk}/"
    seen = re.search(r'name="seen" value="([^"]+)"', here.get(path).content.decode())[1]
    for missing in ({}, {"ground": "other"}):
        answer = here.post(path, {"outcome": "hidden", "seen": seen, **missing})
        assert answer.status_code == 400
    assert not Decision.objects.exists()
    given = {"outcome": "hidden", "seen": seen, "ground": "other", "words": "It is about me."}
    assert here.post(path, given).headers["Location"] == "/moderation/"
    assert Decision.objects.get().words == "It is about me."
