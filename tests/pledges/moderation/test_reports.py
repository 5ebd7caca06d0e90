"""Reporting: by anybody who may read it, once, and with one answer."""

import pytest

from pledges.moderation import messages
from pledges.moderation.models import Case, Report
from pledges.moderation.views import reports
from pledges.pledging.models import Pledge
from pledges.stories.models import Story
from tests.pledges.moderation.conftest import decide, report

UNKIND = {"reason": "unkind", "words": "It is about my ward."}


def address(pledge: Pledge) -> str:
    return f"/report/pledge/{pledge.pk}/"


def test_a_stranger_reports(client, eastern, ground):
    assert b"I will listen." in client.get(address(eastern)).content
    answer = client.post(address(eastern), UNKIND, follow=True)
    assert answer.redirect_chain == [("/report/thanks/", 302)]
    case = Case.objects.get()
    assert (case.why, case.district, case.original) == (
        Case.Why.REPORTED,
        eastern.district,
        "I will listen.",
    )
    written = Report.objects.get()
    assert (written.reason, written.words, written.reporter) == ("unkind", UNKIND["words"], None)
    assert "127.0.0.1" not in written.reporter_digest


def test_once_a_person_and_the_answer_is_alike(seat, eastern, bob, charlie):
    for person in (bob, charlie):
        here = seat(person)
        answers = [here.post(address(eastern), UNKIND) for _ in range(2)]
        assert {answer.headers["Location"] for answer in answers} == {"/report/thanks/"}
    assert Report.objects.count() == 2
    assert Case.objects.count() == 1


def test_once_a_stranger(seat, eastern):
    one, other = seat(), seat()
    for client in (one, one, other):
        client.post(address(eastern), UNKIND)
    assert Report.objects.count() == 2


def test_a_program_fills_in_what_people_do_not_see(client, eastern):
    answer = client.post(address(eastern), {**UNKIND, "website": "http://spam"})
    assert answer.headers["Location"] == "/report/thanks/"
    assert not Case.objects.exists()


def test_a_reason_is_needed(client, eastern):
    answer = client.post(address(eastern), {"reason": "because"})
    assert answer.status_code == 400
    assert not Case.objects.exists()


def test_opening_the_page_reports_nothing(client, eastern):
    client.get(address(eastern))
    assert not Case.objects.exists()


def test_how_often_is_limited(client, eastern, monkeypatch):
    monkeypatch.setattr(reports, "FROM_NETWORK", reports.rate_limits.Limit("few", 1, 3600))
    assert client.post(address(eastern), UNKIND).status_code == 302
    assert client.post(address(eastern), UNKIND).status_code == 429


@pytest.mark.parametrize("state", [{"hidden": True}, {"withdrawn": True}, {"confirmed": False}])
def test_what_is_not_public_cannot_be_reported(client, pledge, alice, state):
    made = pledge(author=alice, **state)
    assert client.get(address(made)).status_code == 404
    assert client.post(address(made), UNKIND).status_code == 404


def test_a_kind_that_there_is_not(client, eastern):
    assert client.get(f"/report/penguin/{eastern.pk}/").status_code == 404


def test_a_story_is_reported(client, eastern, alice):
    story = Story.objects.create(pledge=eastern, author=alice, text="It went well.")
    client.post(f"/report/story/{story.pk}/", UNKIND)
    assert Case.objects.get().subject == story


def test_a_message_is_its_recipients_to_report(seat, eastern, alice, bob, charlie):
    message = messages.write(eastern, bob, "Hello.")
    path = f"/report/message/{message.pk}/"
    for other in (bob, charlie, None):
        assert seat(other).get(path).status_code == 404
    seat(alice).post(path, UNKIND)
    case = Case.objects.get()
    assert (case.subject, case.author) == (message, bob)


def test_another_report_opens_a_decided_case_again(eastern, bob, charlie, stella):
    case = report(eastern, bob)
    decide(case, stella, Case.Outcome.KEPT)
    report(eastern, bob)
    case.refresh_from_db()
    assert case.decided_at
    report(eastern, charlie)
    case.refresh_from_db()
    assert case.decided_at is None
    assert case.decisions.count() == 1


def test_a_case_goes_with_what_it_is_about(reported, eastern):
    eastern.delete()
    assert not Case.objects.exists()
