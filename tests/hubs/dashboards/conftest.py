"""A few years of pledges on the ground, with what came of them, and the questions asked of it."""

import datetime
import random
from dataclasses import dataclass

import pytest
from django.utils import timezone

from pledges.pledging import actions
from pledges.pledging.models import ChangeDay, Join, Pledge
from pledges.stories.models import Story
from tests.factories import Ground, noon

TODAY = datetime.date(2026, 11, 20)
DAYS = (
    datetime.date(2013, 3, 13),
    datetime.date(2014, 1, 31),
    datetime.date(2014, 3, 3),
    datetime.date(2014, 3, 3),
    datetime.date(2015, 12, 31),
    datetime.date(2016, 1, 1),
    datetime.date(2024, 2, 29),
)
PLACES = ("hospital", "clinic", "SO14", "BS1", "east", "west", "nowhere")


@dataclass
class Made:
    pledges: list[Pledge]


def make_some(ground: Ground, pledge, people, number: int = 60, seed: int = 1) -> Made:
    """Make pledges all over ground, time and facets, the same each time."""
    chance = random.Random(seed)
    ChangeDay.objects.create(date=datetime.date(2014, 3, 3), name="NHS Change Day 2014")
    made = []
    for count in range(number):
        place = chance.choice(PLACES)
        where = {
            "hospital": {"organisation": ground.hospital},
            "clinic": {"organisation": ground.clinic},
            "SO14": {"outcode": "SO14", "organisation": ground.hospital},
            "BS1": {"outcode": "BS1"},
            "east": {"region": ground.east},
            "west": {"region": ground.west, "organisation": ground.clinic},
            "nowhere": {},
        }[place]
        who = chance.choice(list(Pledge.Who)) if "organisation" in where else Pledge.Who.PERSON
        one = pledge(
            "I will smile." if count % 3 == 0 else "I will listen.",
            **where,
            who=who,
            theme=chance.choice(["care", "staff", "patients"]),
            i_am=chance.choice([None, *Pledge.IAm]),
            on=chance.choice(DAYS),
            done=chance.random() < 0.4,
            author=chance.choice(people),
        )
        if chance.random() < 0.3:
            due = timezone.localdate() + datetime.timedelta(days=chance.choice([-9, 0, 1, 40]))
            Pledge.objects.filter(pk=one.pk).update(due=due)
        made.append(one)
    for one in made:
        for person in people:
            if one.author_id != person.pk and one.public and chance.random() < 0.3:
                actions.join(one, person)
                actions.like(one, person)
        if one.done_at and chance.random() < 0.5:
            Story.objects.create(pledge=one, author=one.author, text="It went well.")
    for number, join in enumerate(Join.objects.order_by("pk")):
        day = chance.choice(DAYS)
        done = noon(day) if number % 3 == 0 else None
        Join.objects.filter(pk=join.pk).update(created_at=noon(day), done_at=done)
    return Made(made)


@pytest.fixture
def some(ground, pledge, alice, bob, charlie, count_up) -> Made:
    """Sixty pledges, counted."""
    made = make_some(ground, pledge, [alice, bob, charlie])
    while count_up():
        pass
    return made


QUESTIONS = (
    "",
    "since=2014-01-01&until=2014-12-31",
    "since=2014-03-01&until=2014-03-31",
    "since=2014-03-03&until=2014-03-03",
    "since=2013-03-10&until=2016-01-15",
    "since=2014-03-03",
    "until=2015-12-31",
    "theme=care",
    "theme=care,staff&who=person&status=done",
    "status=open&since=2014-01-15&until=2024-02-29",
    "i_am=nhs&since=2014-03-02&until=2016-01-01",
    "since=2019-01-01&until=2019-12-31",
    "q=smiling&since=2014-03-03&until=2014-03-03",
    "bbox=-3.5,50,-1.2,52&q=smile&theme=care,staff",
)
