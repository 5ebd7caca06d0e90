"""What staff talk about, as a board reads it: never what few say, nor what is anonymous."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from geo.core.disclosure import LEAST
from hubs.conversation import actions
from hubs.conversation.models.authorship import Signed
from hubs.conversation.topics.staff_topics import staff_voice
from hubs.conversation.topics.terms import count_all
from pledges.accounts.models import User
from pledges.employers import loaders as loading
from pledges.employers.models.board_reports import BoardReport
from pledges.employers.reports.period import Period
from pledges.employers.reports.snapshot import take_snapshot
from pledges.employers.reports.staff_topics import Topic

DAY = datetime.timedelta(days=1)


@pytest.fixture
def people(database) -> list[User]:
    return [User.objects.create_user(f"p{n}@example.org") for n in range(LEAST)]


@pytest.fixture
def said(post, people, ground, alice):
    """Five of the staff want lockers, four speak of something else; others speak too."""
    staff = {"organisation": ground.hospital, "works_in_care": True}
    made = [post(f"Lockers for floor {n}.", author=who, **staff) for n, who in enumerate(people)]
    for person in people[1:]:
        post("Safe stairs.", theme="safe", author=person, **staff)
    post("Lockers, hush.", author=alice, signed=Signed.ANONYMOUS, **staff)
    post("Lockers, says a visitor.", author=alice, organisation=ground.hospital)
    post("Lockers, says a demo.", demo=True, **staff)
    post("Lockers last year.", author=alice, created_at=timezone.now() - 366 * DAY, **staff)
    post("Lockers elsewhere.", author=alice, organisation=ground.clinic, works_in_care=True)
    count_all()
    return made


def heard(ground):
    today = timezone.localdate()
    return staff_voice(ground.hospital, today - 300 * DAY, today)


def test_topics_of_five_named_people_of_the_staff_alone(said, themes, ground):
    found = heard(ground)
    equipped = themes["equipped"]
    assert found.topics == (Topic(equipped.name, equipped.name_cy, 5, 5),)
    assert Topic("lockers", "", 5, 5) in found.words
    assert all(word.people >= LEAST for word in found.words)
    assert found.fewer


def test_what_is_withdrawn_takes_its_topic_along(said, ground):
    actions.withdraw_post(said[0])
    found = heard(ground)
    assert (found.topics, found.words, found.fewer) == ((), (), True)


def test_a_report_says_why_it_does_not_tell(said, ground):
    loading.load(lambda words: None, force=True)
    year = timezone.localdate().year
    report = BoardReport(organisation=ground.hospital, year=year, edition=1)
    report.content = take_snapshot(ground.hospital, Period(year))
    report.save()
    page = Client().get(report.get_absolute_url()).content.decode()
    assert "There were other topics, of too few people" in page
    assert "stairs" not in page
    report.content["voice"] |= {"topics": [], "words": []}
    report.save()
    page = Client().get(report.get_absolute_url()).content.decode()
    assert "Fewer than 5 people spoke of any topic" in page
