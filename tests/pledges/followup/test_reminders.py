"""Reminders: on the day, on Change Days, thrice at most, and never more than once."""

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from pledges.accounts.models import User
from pledges.notifications import mail_tasks, unsubscribe
from pledges.pledging import actions
from pledges.pledging.models import ChangeDay, Join, Pledge
from pledges.reminders import actions as reminding
from pledges.reminders import schedule as reminders
from pledges.reminders.actions import remind
from pledges.reminders.models import Reminder
from tests.pledges.followup.conftest import CHANGE_DAY, DUE

DAY = datetime.timedelta(days=1)
LINK = re.compile(r"^(http\S+/reminders/(?!off)\S+)$", re.MULTILINE)


@pytest.fixture
def change_day(database) -> ChangeDay:
    return ChangeDay.objects.create(date=CHANGE_DAY, name="Change Day 2027")


@pytest.fixture
def reminded(made, post):
    """Alice's reminder of the day that she chose, as it was sent."""
    remind(DUE)
    (mail,) = post()
    return mail


def path_of(mail) -> str:
    return urlsplit(LINK.search(mail.text)[1]).path


def off_path(mail) -> str:
    return urlsplit(mail.message["List-Unsubscribe"].strip(" <>")).path


def test_the_mail(reminded, made, alice, settings):
    message = reminded.message
    assert message["To"] == alice.email
    assert message["Auto-Submitted"] == "auto-generated"
    assert "1 March 2027" in reminded.text
    for words in (reminded.text, reminded.html):
        assert made.text not in words
        assert "Alice" not in words
        assert settings.SITE_URL + path_of(reminded) in words
    off = message["List-Unsubscribe"].strip()
    assert re.fullmatch(rf"<{re.escape(settings.SITE_URL)}/reminders/off/\S+>", off)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert off.strip("<>") in reminded.text


def test_a_joiner_is_reminded_of_the_same_day_without_the_authors_words(joined, bob, post):
    remind(DUE)
    mails = {mail.message["To"]: mail for mail in post()}
    assert "I will sit down" not in mails[bob.email].text + mails[bob.email].html
    page = Client().get(path_of(mails[bob.email])).content.decode()
    assert "I will sit down with every patient." in page


def test_when(made, change_day, post):
    """On the day chosen and on Change Days; two days late if it must be, and never before."""
    for day, number in (
        (DUE - DAY, 0),
        (DUE, 1),
        (DUE, 0),
        (DUE + DAY, 0),
        (CHANGE_DAY, 1),
        (CHANGE_DAY + DAY, 0),
    ):
        assert remind(day) == number, day
        assert len(post()) == number, day


@pytest.mark.parametrize(("late", "number"), [(2, 1), (3, 0)])
def test_a_day_missed_is_made_up_for_but_not_for_long(made, late, number):
    assert remind(DUE + late * DAY) == number


def test_without_a_day_of_its_own_a_pledge_is_due_on_the_next_change_day(
    pledge, alice, change_day, post
):
    pledge(author=alice)
    assert remind(DUE) == 0
    assert remind(CHANGE_DAY) == 1
    (mail,) = post()
    assert "3 March 2027 is Change Day 2027." in mail.text


def test_one_made_on_a_change_day_is_not_reminded_of_on_it(pledge, alice, change_day):
    pledge(author=alice, on=CHANGE_DAY)
    assert remind(CHANGE_DAY) == 0


def test_thrice_at_most(made, joined, database):
    days = [CHANGE_DAY + n * 365 * DAY for n in range(4)]
    ChangeDay.objects.bulk_create(ChangeDay(date=day, name="Change Day") for day in days)
    assert [remind(day) for day in (DUE, *days)] == [2, 2, 2, 0, 0]


def test_a_person_gets_one_mail_a_day_however_many_parts(made, joined, pledge, alice, bob, post):
    pledge("I will learn.", author=bob, due=DUE)
    actions.join(pledge("I will rest.", author=alice, due=DUE), bob)
    assert remind(DUE) == 5
    mails = {mail.message["To"]: mail for mail in post()}
    assert set(mails) == {alice.email, bob.email}
    assert "3 things" in mails[bob.email].text
    page = Client().get(path_of(mails[bob.email])).content.decode()
    for words in ("I will sit down with every patient.", "I will learn.", "I will rest."):
        assert words in page


NEVER = {
    "done": lambda made, alice: actions.mark_done(made),
    "withdrawn": lambda made, alice: actions.withdraw(made),
    "hidden": lambda made, alice: Pledge.objects.update(hidden_at=timezone.now()),
    "unwanted": lambda made, alice: reminding.stop_reminders(alice),
    "blocked": lambda made, alice: User.objects.update(is_active=False),
    "demo": lambda made, alice: User.objects.update(demo=True),
}


@pytest.mark.parametrize("work", NEVER.values(), ids=NEVER.keys())
def test_never_after(work, made, alice, post):
    work(made, alice)
    assert remind(DUE) == 0
    assert post() == []


@pytest.mark.parametrize("work", NEVER.values(), ids=NEVER.keys())
def test_nor_between_the_queue_and_the_mail(work, made, alice, post):
    assert remind(DUE) == 1
    work(made, alice)
    assert post() == []


def test_a_part_done_ends_its_own_reminders_alone(joined, made, bob, alice, post):
    actions.mark_part_done(made, bob)
    assert remind(DUE) == 1
    assert [mail.message["To"] for mail in post()] == [alice.email]


def test_counting_alone_sends_nothing(made, capsys, post, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: DUE)
    call_command("remind", dry_run=True)
    assert "Would remind of 1 " in capsys.readouterr().out
    assert post() == []
    call_command("remind")
    assert "Reminded of 1 " in capsys.readouterr().out
    assert len(post()) == 1


def test_two_workers_at_once_remind_once(committed, pledge, alice, bob, monkeypatch):
    monkeypatch.setattr(reminding, "BATCH", 3)
    for number in range(12):
        made = pledge(f"I will do {number}.", author=(alice, bob)[number % 2], due=DUE)
        actions.join(made, (bob, alice)[number % 2])

    def work(_number: int) -> int:
        try:
            return remind(DUE)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 24
    assert Reminder.objects.count() == 24
    queued = [task.args_kwargs["args"] for task in mail_tasks.DBTaskResult.objects.all()]
    assert sorted(queued) == sorted([alice.pk, DUE.isoformat()] for alice in (alice, bob))


def test_opening_the_link_changes_nothing_and_its_button_does(reminded, made, client):
    path = path_of(reminded)
    for ask in (client.get, client.head):
        assert ask(path).status_code == 200
    assert not Pledge.objects.get().done
    page = client.get(path).content.decode()
    assert made.text in page
    row = Reminder.objects.get()
    answer = client.post(path, {"reminder": row.pk}, follow=True)
    assert "You did it. Thank you." in answer.content.decode()
    assert Pledge.objects.get().done
    client.post(path, {"reminder": row.pk, "undo": "1"})
    assert not Pledge.objects.get().done


def test_the_button_of_a_joiner_is_for_their_own_part(joined, bob, made, post, client):
    remind(DUE)
    (mail,) = [mail for mail in post() if mail.message["To"] == bob.email]
    row = Reminder.objects.get(join=joined)
    client.post(path_of(mail), {"reminder": row.pk})
    assert Join.objects.get().done_at
    assert not Pledge.objects.get().done
    alices = Reminder.objects.get(join=None)
    assert client.post(path_of(mail), {"reminder": alices.pk}).status_code == 404
    assert not Pledge.objects.get().done


def test_the_button_needs_the_token_of_its_page(reminded):
    strict = Client(enforce_csrf_checks=True)
    row = Reminder.objects.get()
    assert strict.post(path_of(reminded), {"reminder": row.pk}).status_code == 403
    assert not Pledge.objects.get().done


def test_links_have_one_purpose_and_an_end(reminded, alice, client, monkeypatch):
    done, off = path_of(reminded), off_path(reminded)
    token, stop = (path.rstrip("/").rsplit("/", 1)[1] for path in (done, off))
    wrong = [f"/reminders/{stop}/", f"/reminders/off/{token}/", f"{done[:-2]}x/"]
    wrong.append(f"/reminders/{signing.dumps([alice.pk, DUE.isoformat()], salt='x')}/")
    for path in wrong:
        assert client.get(path).status_code == 410
        assert client.post(path).status_code == 410
    monkeypatch.setattr(reminders, "DONE_FOR", datetime.timedelta(seconds=-1))
    monkeypatch.setattr(unsubscribe, "STOP_FOR", datetime.timedelta(seconds=-1))
    for path in (done, off):
        assert client.post(path, {"reminder": Reminder.objects.get().pk}).status_code == 410
    alice.refresh_from_db()
    assert (Pledge.objects.get().done, alice.no_reminders_since) == (False, None)


def test_one_click_ends_reminders_as_rfc_8058_says(reminded, alice, change_day):
    """By POST, with these words, without cookies, tokens or a way through another page."""
    program = Client(enforce_csrf_checks=True)
    path = off_path(reminded)
    program.get(path)
    alice.refresh_from_db()
    assert alice.no_reminders_since is None
    answer = program.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    alice.refresh_from_db()
    assert alice.no_reminders_since
    assert remind(CHANGE_DAY) == 0
    assert "You get no more reminders" in program.get(path).content.decode()


def test_they_are_switched_on_again_at_mine(alice, bob, sign_in, client):
    reminding.stop_reminders(alice)
    page = sign_in(alice)
    assert "You get no reminders by mail." in page.get("/mine/").content.decode()
    assert (
        "Send me no reminders"
        in page.post("/mine/reminders/", {"wanted": "1"}, follow=True).content.decode()
    )
    alice.refresh_from_db()
    assert alice.no_reminders_since is None
    page.post("/mine/reminders/", {"wanted": "0"})
    alice.refresh_from_db()
    assert alice.no_reminders_since
    assert client.post("/mine/reminders/").url.startswith("/accounts/login/")
    bob.refresh_from_db()
    assert bob.no_reminders_since is None
