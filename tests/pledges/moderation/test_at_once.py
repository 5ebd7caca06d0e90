"""Two at once: one wins, and the other is told."""

import re
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from pledges.moderation import actions as moderating
from pledges.moderation import messages
from pledges.moderation.models import Case, Decision, Message, Report
from pledges.moderation.subjects import PLEDGE
from pledges.pledging import actions
from tests.pledges.moderation.conftest import report

Outcome = Case.Outcome


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all at the same moment on connections of their own; answers results and errors."""
    start = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        start.wait()
        try:
            results[number] = work()
        except moderating.DecidedMeanwhile as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=given) for given in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_moderators_decide(committed, reported, stella, olga, eastern):
    seen = moderating.state_of(reported, PLEDGE.text(eastern))

    def decide(person, outcome):
        ground = Decision.Ground.SPAM if outcome == Outcome.HIDDEN else ""
        return lambda: moderating.decide(
            reported, person, outcome=outcome, ground=ground, seen=seen
        )

    results = at_once(decide(stella, Outcome.HIDDEN), decide(olga, Outcome.KEPT))
    assert sorted(type(result).__name__ for result in results) == ["DecidedMeanwhile", "Decision"]
    (made,) = Decision.objects.all()
    eastern.refresh_from_db()
    assert eastern.public == (made.outcome == Outcome.KEPT)


def test_the_second_is_told_on_the_page(reported, stella, olga, seat):
    path = f"/moderation/{reported.pk}/"
    one, other = seat(stella), seat(olga)
    seen = re.search(r'name="seen" value="([^"]+)"', one.get(path).content.decode())[1]
    assert one.post(path, {"outcome": "kept", "seen": seen}).headers["Location"] == "/moderation/"
    hide = {"outcome": "hidden", "ground": "spam", "seen": seen}
    page = other.post(path, hide, follow=True).content.decode()
    assert "This changed since you opened the page" in page
    assert Decision.objects.get().outcome == Outcome.KEPT


def test_worded_anew_while_a_moderator_reads(held, stella, seat):
    case = Case.objects.get()
    seen = moderating.state_of(case, PLEDGE.text(held))
    actions.correct(held, "Ring 07700 900999 at night.")
    with pytest.raises(moderating.DecidedMeanwhile):
        moderating.decide(case, stella, outcome=Outcome.KEPT, seen=seen)
    held.refresh_from_db()
    assert not held.public


def test_many_report_at_once(committed, eastern, alice):
    works = [lambda n=n: report(eastern, None, trace=f"stranger {n % 4}") for n in range(8)]
    at_once(*works)
    assert Case.objects.count() == 1
    assert Report.objects.count() == 4


def test_a_message_sent_twice_at_once(committed, eastern, bob):
    at_once(*[lambda: messages.write(eastern, bob, "Hello.")] * 4)
    assert Message.objects.count() == 1
