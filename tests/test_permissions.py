"""May or may not: for every address and every role, by the table of `tests.decisions`."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction

from geo.counts.fold import fold
from pledges.pledging.models import SPEC
from tests.decisions import BELOW, DECISIONS
from tests.factories import draw_ground
from tests.roles import Answer, Cast, answer_of
from tests.rules import Rule
from tests.test_hostile import GOOD, ROUTES, address


@pytest.fixture(scope="module")
def _cast(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """Rolled back when the last test is done; each question is undone before the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        gathered = Cast.gather(draw_ground())
        fold(SPEC)
        yield gathered
        transaction.set_rollback(True)


@pytest.fixture
def cast(_cast, db) -> Cast:
    return _cast


def rules(route: str) -> list[Rule]:
    found = DECISIONS.get(route)
    if found is None:
        found = [rule for start, rule in BELOW.items() if route.startswith(start)]
    return found if isinstance(found, list) else [found]


# The admin writes one of its addresses as a regular expression.
REGULAR = re.compile(r"\^\(\?P<(\w+)>[^)]*\)(.*)\$")
QUESTIONS = [(route, rule) for route in ROUTES for rule in rules(route)]


def ask(cast: Cast, role: str, method: str, path: str) -> Answer:
    """Ask once, and undo whatever was done."""
    with transaction.atomic():
        answer = answer_of(getattr(cast.client(role), method)(path))
        transaction.set_rollback(True)
    return answer


def test_every_address_has_a_decision():
    assert [route for route in ROUTES if not rules(route)] == []
    assert set(DECISIONS) - set(ROUTES) == set()


@pytest.mark.parametrize(
    ("route", "rule"), QUESTIONS, ids=[f"{route} {rule.name}" for route, rule in QUESTIONS]
)
def test_each_role_may_what_was_decided(cast, route, rule):
    path = address(REGULAR.sub(r"<\1>\2", route), {**GOOD, **cast.parts(rule.about), **rule.parts})
    for role in rule.asked:
        expected = rule.answers[role]
        pairs = {
            (ask(cast, role, "get", path), expected),
            (ask(cast, role, "post", path), rule.posted.get(role, expected)),
        }
        # By the other method, where there is but one, nothing is told.
        told = {(seen, meant) for seen, meant in pairs if seen != Answer.METHOD}
        assert told
        assert all(seen == meant for seen, meant in told), (role, told)
