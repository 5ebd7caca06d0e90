"""Moderators of the squares, and what they decide about."""

from collections.abc import Callable

import pytest
from django.test import Client

from pledges.accounts.models import Grant, User
from pledges.moderation import actions as moderating
from pledges.moderation import actions as reporting
from pledges.moderation.kinds import kind_of
from pledges.moderation.models import Case, Decision, Report
from pledges.moderation.subjects import PLEDGE
from pledges.pledging import actions
from pledges.pledging.models import Pledge
from tests.pledges.accounts.conftest import post
from tests.second_factors import sign_in

__all__ = ["post"]
PHONE = "Ring me on 07700 900123 and I will listen."


@pytest.fixture
def olga(database) -> User:
    """An operator."""
    person = User.objects.create_user("olga@example.org", name="Olga")
    Grant.objects.create(person=person, role=Grant.Role.OPERATOR)
    return person


@pytest.fixture
def stella(ground) -> User:
    """The steward of the East."""
    return _steward("stella@example.org", "Stella", ground.east)


@pytest.fixture
def walter(ground) -> User:
    """The steward of the West."""
    return _steward("walter@example.org", "Walter", ground.west)


def _steward(email: str, name: str, area) -> User:
    person = User.objects.create_user(email, name=name)
    Grant.objects.create(person=person, role=Grant.Role.STEWARD, area=area)
    return person


@pytest.fixture
def seat() -> Callable[[User | None], Client]:
    """A browser of its own for each: with the second factor for whoever needs one."""

    def opened(person: User | None = None) -> Client:
        client = Client()
        if person and Grant.objects.of(person).exists():
            sign_in(client, person)
        elif person:
            client.force_login(person)
        return client

    return opened


@pytest.fixture
def eastern(pledge, alice) -> Pledge:
    """Alice's pledge, in the East."""
    return pledge("I will listen.", outcode="SO14", author=alice, contactable=True)


@pytest.fixture
def reported(eastern, bob) -> Case:
    """Bob reported Alice's pledge."""
    return report(eastern, bob)


def report(pledge: Pledge, person: User | None, trace: str = "", words: str = "") -> Case:
    reporting.report(
        PLEDGE, pledge, reason=Report.Reason.UNKIND, words=words, person=person, trace=trace
    )
    return Case.objects.of(pledge).get()


def decide(case: Case, person: User, outcome: Case.Outcome, **more) -> Decision:
    """Decide what is there now, as a page just opened would."""
    kind = kind_of(case)
    hides = {} if outcome == Case.Outcome.KEPT else {"ground": Decision.Ground.UNKIND}
    case.refresh_from_db()
    seen = moderating.state_of(case, kind.text(kind.model.objects.get(pk=case.object_id)))
    return moderating.decide(case, person, **{"outcome": outcome, "seen": seen, **hides, **more})


@pytest.fixture
def held(ground, alice) -> Pledge:
    """Alice's pledge with her telephone number in it."""
    made = actions.make_pledge(
        text=PHONE,
        theme=ground.themes["care"],
        show=Pledge.Show.REGION,
        region=ground.east,
        confirmed=False,
    )
    return actions.verify(made, alice)
