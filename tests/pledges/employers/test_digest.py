"""One mail when something new waits at a desk; none twice, and none to who wants none."""

import datetime
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from pledges.employers import digest
from pledges.employers.models.actions import Action
from pledges.employers.models.proposals import Reader
from pledges.employers.proposals import actions

DAY = datetime.timedelta(days=1)


@pytest.fixture
def today(six, action, erin, april):
    """Nothing waits today; editors and an approver look after the hospital."""
    action("Long", due=timezone.localdate() + 60 * DAY, status="under-way")
    Action.objects.update(approved_at=timezone.now() - 30 * DAY)
    return timezone.localdate()


def sent(day: datetime.date, deliver) -> dict[str, str]:
    """Addresses and texts of the mails of one round."""
    list(digest.batches(day))
    return {mail.message["To"]: mail.text for mail in deliver()}


def test_it_comes_before_the_day_after_it_and_when_nothing_is_said(today, deliver, erin, april):
    assert sent(today, deliver) == {}
    due = today + 60 * DAY
    assert set(sent(due - 7 * DAY, deliver)) == {erin.email, april.email}
    assert sent(due - 7 * DAY, deliver) == {}
    assert sent(due - 5 * DAY, deliver) == {}
    late = sent(due + DAY, deliver)
    assert "1 action is past its last day." in late[erin.email]
    assert "Long" not in late[erin.email]
    # A round that was missed loses nothing: three months after the last word.
    assert "for three months" in sent(today + 95 * DAY, deliver)[april.email]
    assert sent(today + 96 * DAY, deliver) == {}


def test_an_approver_hears_of_what_was_sent_and_an_editor_of_what_was_returned(
    today, six, ground, deliver, erin, april
):
    content = {"pledge": str(six[0].pk), "adopted_on": "2026-01-05", "lead": "Chair"}
    made = actions.send(actions.propose(ground.hospital, "adoption", erin, content))
    (mail,) = sent(today, deliver).items()
    assert mail[0] == april.email
    assert "1 change waits for your approval." in mail[1]
    actions.return_to_editors(made, april, "Which chair?")
    (mail,) = sent(today, deliver).items()
    assert mail[0] == erin.email
    assert "Which chair?" not in mail[1]


def test_one_click_ends_them(today, deliver, seat, erin, april):
    list(digest.batches(today + 53 * DAY))
    mail = next(mail for mail in deliver() if mail.message["To"] == erin.email)
    link = urlsplit(mail.message["List-Unsubscribe"].strip().strip("<>")).path
    assert Client().get(link).status_code == 200
    assert Reader.objects.get(person=erin).no_mails_since is None
    assert Client().post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert set(sent(today + 61 * DAY, deliver)) == {april.email}
    assert Client().get(link[:-3] + "/").status_code == 410
    again = seat(erin).post("/employers/mails/", {"wanted": "1"}, follow=True)
    assert "Send me no more of them" in again.content.decode()
    assert set(sent(today + 95 * DAY, deliver)) == {april.email, erin.email}
