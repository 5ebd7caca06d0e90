"""What is drafted, sent or returned is read nowhere but at the desk of its employer."""

from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from geo import uploads
from geo.uploads.storage import CheckedFile
from pledges.accounts.models import Grant
from pledges.employers.models.proposals import Proposal
from pledges.employers.proposals import actions
from pledges.employers.proposals.actions import version_of
from pledges.employers.reports.period import Period
from pledges.employers.reports.snapshot import take_snapshot
from tests.pledges.employers.conftest import looks_after
from tests.test_hostile import GOOD, TRIED, address
from tests.test_strangers import telling, words

# What is searched for is said back; what would be found beside it is not.
SECRET, FOUND_BY = "Zanzibar tomorrow", "tomorrow"
DAY = "2026-01-05"
# Collections of the API.
OURS = ["adoptions", "actions", "findings"]


@pytest.fixture
def secrets(six, ground, erin, action) -> list[Proposal]:
    """One of each kind and of each state that is not public; all say the same word."""
    made = action("Quiet rooms", good_practice=True)
    file = uploads.save_upload(CheckedFile(SECRET.encode(), "txt", "text/plain"))
    words_of = {
        "adoption": {"pledge": str(six[0].pk), "adopted_on": DAY, "lead": SECRET},
        "values": {"statement": SECRET, "statement_cy": "", "help": SECRET, "help_cy": ""},
        "action": {
            **dict.fromkeys(("title", "description", "owner"), SECRET),
            "start": DAY,
            "pledges": [str(six[0].pk)],
            "status": "planned",
            "good_practice": True,
        },
        "update": {"on": DAY, "status": "planned", "text": SECRET},
        "evidence": {"title": SECRET, "on": DAY, "link": ""},
        "report": {
            "period": "2026-q1",
            "summary": SECRET,
            "asks": SECRET,
            "figures": take_snapshot(ground.hospital, Period(2026, 1)),
        },
    }
    found = []
    for kind, content in words_of.items():
        of_action = made if kind in ("update", "evidence") else None
        for state in ("draft", "sent", "returned"):
            found.append(
                Proposal.objects.create(
                    organisation=ground.hospital,
                    kind=kind,
                    action=of_action,
                    content=content,
                    upload=file if kind == "evidence" else None,
                    state=state,
                    words="No." if state == "returned" else "",
                    sent_at=timezone.now(),
                    made_by=erin,
                )
            )
    return found


def seen_by(
    client: Client, proposal: Proposal, routes: list[str], code: str = "RXA"
) -> dict[str, str]:
    """All that somebody is answered, by address; of the API, our collections."""
    key = str(proposal.pk)
    parts = {**GOOD, "pk": key, "key": key, "kind": proposal.kind, "morton": "0"}
    parts |= {"slug": "environment", "code": code}
    found = {}
    for route in routes:
        names = OURS if "<str:name>" in route else [GOOD["name"]]
        asked = ("", f"?q={FOUND_BY}") if route.endswith("practice/") else ("",)
        for name, query in product(names, asked):
            path = address(route, {**parts, "name": name}) + query
            found[path] = words(client.get(path))
    return found


def test_nothing_of_it_is_seen_at_any_address(secrets, seat, ground, alice):
    # Papers of others say what their pages do, and are drawn for seconds.
    asked = [route for route in TRIED if not route.endswith(".pdf") or "employers/" in route]
    stranger = seen_by(Client(), secrets[0], asked)
    assert telling(stranger, SECRET) == []
    # The eyes are open: what was approved is seen.
    assert "/employers/RXA/" in telling(stranger, "Quiet rooms")
    ours = [r for r in asked if "employers/" in r or r in ("mine/", "mine/data.json")]
    ours = [route for route in ours if not route.endswith(".pdf")]
    one_by_one = [route for route in ours if "/desk/" in route and "<int:pk>" in route]
    other = looks_after("otto", Grant.Role.APPROVER, ground.clinic)
    for person in (alice, other):
        browser = seat(person)
        assert telling(seen_by(browser, secrets[0], ours), SECRET) == []
        # The clinic's approver may open its desk, and finds nothing of the hospital's there.
        for proposal, code in product(secrets[::4], ("RXA", "RXB")):
            assert telling(seen_by(browser, proposal, one_by_one, code), SECRET) == []


def test_its_own_desk_sees_it_and_the_public_once_it_is_approved(secrets, seat, april, six):
    desk = seat(april).get("/employers/RXA/desk/").content.decode()
    assert SECRET in desk
    for proposal in secrets:
        if proposal.state == "sent":
            actions.approve(proposal, april, version_of(proposal))
    seen = seen_by(Client(), secrets[0], [route for route in TRIED if "employers/" in route])
    told = telling(seen, SECRET)
    assert {"/employers/RXA/", "/employers/RXA/induction/", "/employers/practice/"} <= set(told)
    assert not [path for path in told if "/desk/" in path]
