"""May and may not: every page of moderation and messages, for everybody."""

import pytest
from django.core.exceptions import PermissionDenied

from pledges.accounts.models import Grant
from pledges.moderation import actions as moderating
from pledges.moderation import messages
from pledges.moderation.models import Case, Decision
from tests.pledges.moderation.conftest import decide, report

Outcome = Case.Outcome
# Operator, steward of the area, of another, author, ordinary person, stranger.
QUEUE = {"olga": 200, "stella": 200, "walter": 200, "alice": 403, "charlie": 403, None: 302}
CASE = {"olga": 200, "stella": 200, "walter": 403, "alice": 403, "charlie": 403, None: 302}
TOLD = {"olga": 404, "stella": 404, "walter": 404, "alice": 200, "charlie": 404, None: 302}
THREAD = {"olga": 404, "stella": 404, "walter": 404, "alice": 200, "charlie": 404, None: 302}
REPORT = {"olga": 200, "stella": 200, "walter": 200, "alice": 200, "charlie": 200, None: 200}
CONTACT = {"olga": 200, "stella": 200, "walter": 200, "alice": 404, "charlie": 200, None: 200}


@pytest.fixture
def everybody(request, olga, stella, walter, alice, charlie):
    people = {"olga": olga, "stella": stella, "walter": walter, "alice": alice, "charlie": charlie}
    return {**people, None: None}


@pytest.mark.parametrize("who", QUEUE)
def test_pages(reported, eastern, bob, stella, everybody, seat, who, pledge, alice):
    thread = messages.write(eastern, bob, "Hello.")
    told = report(pledge("Three.", author=alice, region=eastern.region), bob)
    decide(told, stella, Outcome.HIDDEN)
    here = seat(everybody[who])
    for path, answers in {
        "/moderation/": QUEUE,
        "/moderation/?show=decided": QUEUE,
        f"/moderation/{reported.pk}/": CASE,
        f"/mine/decisions/{told.pk}/": TOLD,
        f"/messages/{thread.pk}/": THREAD,
        f"/report/pledge/{eastern.pk}/": REPORT,
        f"/pledges/{eastern.pk}/contact/": CONTACT,
    }.items():
        assert here.get(path).status_code == answers[who], path


@pytest.mark.parametrize("outcome", [Outcome.KEPT, Outcome.HIDDEN, Outcome.BLOCKED])
@pytest.mark.parametrize("who", ["walter", "alice", "charlie", None])
def test_who_may_not_decide(reported, everybody, seat, who, outcome):
    given = {"outcome": outcome, "ground": "spam", "seen": "0-1-0"}
    answer = seat(everybody[who]).post(f"/moderation/{reported.pk}/", given)
    assert answer.status_code == CASE[who]
    if everybody[who]:
        with pytest.raises(PermissionDenied):
            decide(reported, everybody[who], outcome)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("who", ["olga", "stella"])
def test_who_may_decide(reported, everybody, who):
    for outcome in (Outcome.HIDDEN, Outcome.BLOCKED, Outcome.KEPT):
        decide(reported, everybody[who], outcome)
    assert Decision.objects.count() == 3


def test_without_the_second_factor_nobody_moderates(client, reported, stella):
    client.force_login(stella)
    for path in ("/moderation/", f"/moderation/{reported.pk}/"):
        assert client.get(path).headers["Location"].startswith("/accounts/2fa/")


def test_a_queue_has_the_cases_of_its_area_alone(
    reported, pledge, alice, bob, stella, walter, olga, seat
):
    report(pledge("Nowhere.", author=alice), bob)
    counts = {olga: "2 wait", stella: "1 waits", walter: "0 wait"}
    for person, words in counts.items():
        page = seat(person).get("/moderation/").content.decode()
        assert words in page
        assert ("Nowhere." in page) == (person == olga)
        assert ("I will listen." in page) == (person != walter)


def test_nobody_decides_of_their_own(pledge, stella, olga, bob, ground, seat):
    case = report(pledge("Own.", author=stella, region=ground.east), bob)
    with pytest.raises(PermissionDenied):
        decide(case, stella, Outcome.KEPT)
    page = seat(stella).get(f"/moderation/{case.pk}/").content.decode()
    assert "somebody else decides" in page
    decide(case, olga, Outcome.KEPT)


def test_a_steward_does_not_block_who_looks_after_something(
    pledge, stella, walter, olga, bob, ground
):
    case = report(pledge("Mine.", author=walter, region=ground.east), bob)
    with pytest.raises(PermissionDenied):
        decide(case, stella, Outcome.BLOCKED)
    decide(case, stella, Outcome.HIDDEN)
    decide(case, olga, Outcome.BLOCKED)
    assert not Grant.objects.of(walter).exists()


def test_a_steward_of_a_nation_or_a_district(reported, ground, charlie, bob):
    for area, may in ((ground.nation, True), (ground.cottleigh, True), (ground.alderham, False)):
        Grant.objects.filter(person=charlie).delete()
        Grant.objects.create(person=charlie, role=Grant.Role.STEWARD, area=area)
        if may:
            decide(reported, charlie, Outcome.KEPT)
        else:
            with pytest.raises(PermissionDenied):
                decide(reported, charlie, Outcome.KEPT)


@pytest.mark.parametrize("who", ["olga", "stella", "charlie"])
def test_only_the_author_answers(reported, stella, everybody, seat, who):
    decide(reported, stella, Outcome.HIDDEN)
    path = f"/mine/decisions/{reported.pk}/"
    assert seat(everybody[who]).post(path, {"answer": "No."}).status_code == 404
    reported.refresh_from_db()
    assert reported.answer == ""
    with pytest.raises(moderating.AnsweredAlready):
        moderating.answer(_kept(reported, stella), "Too late.")


def _kept(case: Case, person) -> Case:
    decide(case, person, Outcome.KEPT)
    return case
