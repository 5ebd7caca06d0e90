"""What is kept of those who write for employers: shown to them, taken away, forgotten in time."""

import datetime

import pytest
from django.utils import timezone

from pledges.accounts.delete_account import delete_account
from pledges.accounts.retention import forget
from pledges.employers.models.adoptions import Adoption
from pledges.employers.models.proposals import Proposal
from pledges.employers.proposals import actions
from pledges.employers.proposals.actions import version_of


@pytest.fixture
def two(six, ground, erin) -> tuple[Proposal, Proposal]:
    """Erin's draft, and what she sent."""
    content = {"pledge": str(six[0].pk), "adopted_on": "2026-01-05", "lead": "Chair"}
    draft = actions.propose(ground.hospital, "adoption", erin, content)
    return draft, actions.send(actions.propose(ground.hospital, "adoption", erin, content))


def test_who_leaves_takes_drafts_along_and_leaves_what_was_sent(two, seat, erin, april):
    _draft, sent = two
    told = seat(erin).get("/mine/data.json").json()["proposals_for_employers"]
    assert [row["state"] for row in told] == ["draft", "sent"]
    assert "Desk of Alderham Hospital" in seat(erin).get("/mine/").content.decode()
    delete_account(erin, keep_pledges=True)
    assert list(Proposal.objects.all()) == [sent]
    sent.refresh_from_db()
    actions.approve(sent, april, version_of(sent))
    assert Adoption.objects.count() == 1
    assert seat(april).get("/employers/RXA/desk/history/").status_code == 200


def test_old_drafts_and_old_names_are_forgotten(two, april):
    _draft, sent = two
    actions.approve(sent, april, version_of(sent))
    long_ago = timezone.now() - datetime.timedelta(days=6 * 365 + 1)
    forget()
    assert Proposal.objects.filter(made_by__isnull=False).count() == 2
    Proposal.objects.update(changed_at=long_ago, decided_at=long_ago)
    forget()
    kept = Proposal.objects.get()
    assert (kept.pk, kept.made_by, kept.decided_by) == (sent.pk, None, None)
    assert kept.content["lead"] == "Chair"
