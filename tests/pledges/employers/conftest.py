"""An employer and those who look after its page; the six pledges; what was approved of it."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from pledges.accounts.models import Grant, User
from pledges.employers import loaders as loading
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.staff_pledges import StaffPledge
from pledges.organisations.models import Organisation
from tests.pledges.accounts.conftest import post as deliver
from tests.pledges.moderation.conftest import olga, seat

__all__ = ["deliver", "olga", "seat"]


@pytest.fixture
def six(ground) -> list[StaffPledge]:
    """The six staff pledges that come with the project, in their order."""
    loading.load(lambda words: None, force=True)
    return list(StaffPledge.objects.current())


@pytest.fixture
def erin(ground) -> User:
    """The editor of the hospital."""
    return looks_after("erin", Grant.Role.EDITOR, ground.hospital)


@pytest.fixture
def april(ground) -> User:
    """The approver of the hospital."""
    return looks_after("april", Grant.Role.APPROVER, ground.hospital)


def looks_after(name: str, role: str, organisation: Organisation) -> User:
    person = User.objects.create_user(f"{name}@example.org", name=name.capitalize())
    Grant.objects.create(person=person, role=role, organisation=organisation)
    return person


@pytest.fixture
def action(six, ground) -> Callable[..., Action]:
    """An action that was approved: `action("Quiet rooms", pledges=[1, 4], status="done")`.

    Pledges by number; of the hospital, begun on the first of January 2026, unless said otherwise.
    """
    return partial(make_action, six, ground.hospital)


def make_action(
    six: list[StaffPledge],
    hospital: Organisation,
    title: str = "Quiet rooms",
    pledges: tuple[int, ...] | list[int] = (1,),
    **fields: Any,
) -> Action:
    made = Action.objects.create(
        **{
            "organisation": hospital,
            "title": title,
            "description": "A room without a telephone on each floor.",
            "owner": "Director of people",
            "start": datetime.date(2026, 1, 1),
            "staff_groups": ["everyone"],
            **fields,
        }
    )
    made.pledges.set([six[number - 1] for number in pledges])
    return made


@pytest.fixture
def adoption(six, ground) -> Callable[..., Adoption]:
    """An adoption that was approved: `adoption(1, organisation=ground.clinic, lead="Chair")`."""

    def made(number: int = 1, **fields: Any) -> Adoption:
        return Adoption.objects.create(
            **{
                "organisation": ground.hospital,
                "pledge": six[number - 1],
                "adopted_on": datetime.date(2026, 1, 1),
                "lead": "Chief executive",
                **fields,
            }
        )

    return made
