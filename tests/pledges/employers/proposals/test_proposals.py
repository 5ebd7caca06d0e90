"""What editors write is nobody else's to see until an approver publishes it, once and whole."""

import datetime

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from pledges.accounts.models import Grant
from pledges.employers.errors import BeingChanged, NoLongerFits, NotNow
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption, Values
from pledges.employers.models.proposals import Proposal
from pledges.employers.proposals import actions
from pledges.employers.proposals.actions import version_of
from tests.pledges.employers.conftest import looks_after

DESK = "/employers/RXA/desk/"
ROOM = {
    "title": "Quiet rooms",
    "description": "A room on each floor.",
    "owner": "Director of people",
    "start": "2026-01-05",
    "due": "2026-09-30",
    "status": "planned",
    "step_1_title": "Rooms are found",
    "step_1_due": "2026-03-31",
    "staff_groups": ["nurses", "doctors"],
    "sites": "Main site\n\nWest wing",
    "measure": "Staff who rest",
    "unit": "%",
    "baseline": "12.5",
    "target": "60",
    "good_practice": "on",
}


@pytest.fixture
def write(six, erin, seat):
    """Erin saves something at the desk, or sends it at once; answers the newest proposal."""
    desk = seat(erin)

    def wrote(path: str = "new/action/", then: str = "", **given) -> Proposal:
        if path == "new/action/":
            given = {**ROOM, "pledges": [six[0].pk, six[3].pk], **given}
        answer = desk.post(DESK + path, {**given, "then": then})
        assert answer.status_code == 302, answer.content.decode()
        return Proposal.objects.latest("pk")

    return wrote


def decide(seat, person, proposal: Proposal, **more):
    given = {"act": "approve", "seen": version_of(proposal), **more}
    return seat(person).post(f"{DESK}{proposal.pk}/decide/", given)


def test_an_action_is_written_sent_returned_mended_and_published(write, seat, erin, april, six):
    draft = write()
    assert seat(april).post(f"{DESK}{draft.pk}/decide/", {"act": "approve"}).status_code == 409
    seat(erin).post(f"{DESK}{draft.pk}/send/")
    assert decide(seat, april, draft, act="return").status_code == 400
    assert decide(seat, april, draft, act="return", words="Which floor?").status_code == 302
    page = seat(erin).get(f"{DESK}{draft.pk}/edit/").content.decode()
    assert "Which floor?" in page
    assert "Rooms are found" in page
    assert "12.5" in page
    given = {**ROOM, "pledges": [six[0].pk, six[3].pk], "title": "Rooms", "then": "send"}
    assert seat(erin).post(f"{DESK}{draft.pk}/edit/", given).status_code == 302
    assert not Action.objects.exists()
    draft.refresh_from_db()
    assert decide(seat, april, draft).status_code == 302
    made = Action.objects.get()
    assert (made.title, made.status, made.baseline) == ("Rooms", "planned", 12.5)
    assert made.sites == ["Main site", "West wing"]
    assert [step.title for step in made.milestones.all()] == ["Rooms are found"]
    assert list(made.pledges.all()) == [six[0], six[3]]
    draft.refresh_from_db()
    assert (draft.decided_by, draft.target, draft.state) == (april, made.pk, "approved")
    assert LogEntry.objects.get_for_object(made).get(action=LogEntry.Action.CREATE).actor == april


def test_an_approver_goes_from_one_to_the_next(write, seat, april, six):
    given = {"adopted_on": "2026-01-05", "lead": "Chair"}
    first, second = (write("new/adoption/", "send", pledge=one.pk, **given) for one in six[:2])
    assert decide(seat, april, first)["Location"] == f"{DESK}{second.pk}/"
    assert decide(seat, april, second)["Location"] == DESK


def test_what_was_reworded_after_it_was_read_is_not_published(write, seat, april, erin):
    sent = write(then="send")
    actions.take_back(sent)
    actions.edit(sent, erin, {**sent.content, "title": "Something else"})
    again = actions.send(sent)
    assert decide(seat, april, sent).status_code == 409
    assert not Action.objects.exists()
    again.refresh_from_db()
    assert decide(seat, april, again).status_code == 302
    assert Action.objects.get().title == "Something else"


def test_nobody_approves_what_they_saved_unless_nobody_else_could(six, april, ground, seat):
    content = {"pledge": str(six[0].pk), "adopted_on": "2026-01-05", "lead": "Chair"}
    other = looks_after("arthur", Grant.Role.APPROVER, ground.hospital)
    own = actions.send(actions.propose(ground.hospital, "adoption", april, content))
    assert decide(seat, april, own).status_code == 403
    Grant.objects.filter(person=other).delete()
    assert decide(seat, april, own).status_code == 302
    assert Adoption.objects.get().lead == "Chair"


def test_a_change_keeps_what_it_replaced(write, seat, april, action):
    made = action("Quiet rooms", pledges=[1])
    url = f"public/action/{made.pk}/change/"
    given = {key: ROOM[key] for key in ("description", "owner", "start")}
    sent = write(url, "send", title="Louder rooms", pledges=[made.pledges.get().pk], **given)
    page = seat(april).get(f"{DESK}{sent.pk}/").content.decode()
    assert "Quiet rooms" in page
    assert "Louder rooms" in page
    with pytest.raises(BeingChanged):
        actions.propose_removal(made.organisation, "action", april, made)
    assert decide(seat, april, sent).status_code == 302
    sent.refresh_from_db()
    assert (sent.before["title"], sent.content["title"]) == ("Quiet rooms", "Louder rooms")
    assert Action.objects.get().title == "Louder rooms"
    assert "Quiet rooms" in seat(april).get(f"{DESK}{sent.pk}/").content.decode()


def test_evidence_is_a_file_or_a_link_and_its_file_is_the_desks_until_approved(
    write, seat, erin, april, action, client
):
    made = action()
    file = SimpleUploadedFile("counts.txt", b"Forty rooms")
    draft = write(f"actions/{made.pk}/evidence/", title="Counts", on="2026-02-01", file=file)
    assert client.get(f"{DESK}{draft.pk}/file/").status_code == 302
    shown = seat(april).get(f"{DESK}{draft.pk}/file/")
    assert b"".join(shown.streaming_content) == b"Forty rooms"
    again = {"title": "Our counts", "on": "2026-02-01", "then": "send"}
    seat(erin).post(f"{DESK}{draft.pk}/edit/", again)
    draft.refresh_from_db()
    assert decide(seat, april, draft).status_code == 302
    shown = made.evidence.get()
    assert (shown.title, shown.upload.extension) == ("Our counts", "txt")
    given = {"title": "Talk", "on": "2026-02-01", "link": "https://example.org/talk"}
    linked = write(f"actions/{made.pk}/evidence/", "send", **given)
    assert decide(seat, april, linked).status_code == 302
    page = client.get(made.get_absolute_url()).content.decode()
    assert 'href="https://example.org/talk" rel="nofollow ugc"' in page
    for bad in ({"link": "javascript:alert(1)"}, {}):
        answer = seat(erin).post(f"{DESK}actions/{made.pk}/evidence/", {**given, "link": "", **bad})
        assert answer.status_code == 400


def test_values_are_written_once_and_changed_from_then_on(write, seat, erin, april):
    given = {"statement": "We  listen.", "help": "Room 4\n\n\n\nRoom 5"}
    assert decide(seat, april, write("new/values/", "send", **given)).status_code == 302
    made = Values.objects.get()
    assert (made.statement, made.local_help) == ("We  listen.", ["Room 4", "Room 5"])
    answer = seat(erin).get(f"{DESK}new/values/")
    change = f"public/values/{made.pk}/change/"
    assert answer["Location"] == DESK + change
    sent = write(change, "send", statement="We answer.")
    # Whoever would change them too is led to what is already written.
    assert seat(erin).get(DESK + change)["Location"] == f"{DESK}{sent.pk}/"
    assert decide(seat, april, sent).status_code == 302
    made.refresh_from_db()
    assert (made.statement, made.help) == ("We answer.", "")


def test_what_is_removed_goes_with_what_was_yet_to_be_told(write, seat, erin, april, action):
    made = action()
    write(f"actions/{made.pk}/update/", on="2026-02-01", status="planned", text="Soon.")
    page = seat(erin).get(made.get_absolute_url()).content.decode()
    assert "Propose to remove it" in page
    seat(erin).post(f"{DESK}public/action/{made.pk}/remove/")
    sent = actions.send(Proposal.objects.get(removes=True))
    assert Action.objects.exists()
    assert "This is to be removed" in seat(april).get(f"{DESK}{sent.pk}/").content.decode()
    assert decide(seat, april, sent).status_code == 302
    assert not Action.objects.exists()
    assert [row.before["title"] for row in Proposal.objects.all()] == ["Quiet rooms"]


def test_updates_move_an_action_and_stay(write, seat, april, action, erin):
    made = action(status="under-way", measure="Rooms", unit="rooms")
    tell = f"actions/{made.pk}/update/"
    for on, status, text in (
        ("2026-03-01", "stopped", "No money."),
        ("2026-02-01", "under-way", "Two rooms."),
    ):
        sent = write(tell, "send", on=on, status=status, text=text, value="2")
        assert decide(seat, april, sent).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.reason) == ("stopped", "No money.")
    assert made.ended_on == datetime.date(2026, 3, 1)
    assert [update.text for update in made.updates.all()] == ["No money.", "Two rooms."]
    for verb in ("change", "remove"):
        path = f"{DESK}public/update/{made.updates.first().pk}/{verb}/"
        assert seat(erin).post(path).status_code == 404


def test_two_adoptions_of_one_pledge_are_not_both_published(write, six, seat, april):
    given = {"pledge": six[0].pk, "adopted_on": "2026-01-05", "lead": "Chair"}
    first, second = (write("new/adoption/", "send", **given) for _each in range(2))
    assert decide(seat, april, first).status_code == 302
    assert decide(seat, april, second).status_code == 409
    with pytest.raises(NoLongerFits):
        actions.approve(second, april, version_of(second))
    with pytest.raises(NotNow):
        actions.approve(first, april, version_of(first))
    assert Adoption.objects.count() == 1


def test_good_practice_is_copied_as_a_draft_of_ones_own(action, seat, erin, ground, six):
    other = action("Buddies", pledges=[2], organisation=ground.clinic, good_practice=True)
    secret = action("Not shared", organisation=ground.clinic)
    desk = seat(erin)
    assert "Copy this" in desk.get(other.get_absolute_url()).content.decode()
    desk.post(f"{DESK}copy/", {"action": secret.pk})
    assert not Proposal.objects.exists()
    answer = desk.post(f"{DESK}copy/", {"action": other.pk})
    draft = Proposal.objects.get()
    assert answer["Location"] == f"{DESK}{draft.pk}/edit/"
    assert draft.content["title"] == "Buddies"
    assert "owner" not in draft.content
    given = {**ROOM, "pledges": [six[1].pk], "title": "Our buddies", "then": "send"}
    assert desk.post(f"{DESK}{draft.pk}/edit/", given).status_code == 302
    actions.approve(
        draft, looks_after("ann", "approver", ground.hospital), version_of(Proposal.objects.get())
    )
    made = Action.objects.get(title="Our buddies")
    assert made.adapted_from == other
    assert "Our buddies" in desk.get(other.get_absolute_url()).content.decode()
