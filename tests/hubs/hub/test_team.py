"""The team of a hub: invited, in, out, and what stewards meet first."""

import datetime

import pytest
from auditlog.models import LogEntry
from django.utils import timezone

from hubs.hub.models import Hub, HubMessage, Invitation
from hubs.hub.permissions import hubs_of, may_run
from pledges.accounts.adapters import Accounts
from pledges.accounts.models import Grant, User
from tests.hubs.conftest import HTML
from tests.pledges.test_pages import words

MEMBERS = "/hubs/west/team/members/"
NORA = "nora@example.org"


@pytest.fixture
def invited(seat, hubs, wilma, post):
    """The mail that asks Nora to join the team of the West hub."""
    assert seat(wilma).post(MEMBERS, {"email": NORA}).status_code == 302
    (received,) = post()
    return received


def nora() -> User | None:
    return User.objects.filter(email=NORA).first()


def test_the_button_of_the_mail_makes_a_steward(client, hubs, ground, invited, wilma):
    assert invited.message["To"] == NORA
    page = client.get(f"/confirm/{invited.token}/")
    assert "Will you look after this hub? West hub" in words(page)
    assert nora() is None, "opening the page changes nothing"
    answer = client.post(f"/confirm/{invited.token}/")
    assert answer.headers["Location"] == "/hubs/west/team/"
    grant = Grant.objects.get(person=nora())
    assert (grant.role, grant.area, grant.given_by) == ("steward", ground.west, wilma)
    assert may_run(nora(), hubs["west"])
    assert not may_run(nora(), hubs["east"])
    assert Invitation.objects.get().accepted_at


def test_the_code_does_the_same(client, hubs, invited):
    answer = client.post("/confirm/", {"email": NORA, "code": invited.code})
    assert answer.headers["Location"] == "/hubs/west/team/"
    assert may_run(nora(), hubs["west"])


def test_an_invitation_is_good_once(client, hubs, invited):
    client.post(f"/confirm/{invited.token}/")
    Grant.objects.all().delete()
    assert client.post(f"/confirm/{invited.token}/").status_code == 410
    assert not Grant.objects.exists()


def test_an_invitation_that_was_taken_back_leads_nowhere(client, seat, wilma, hubs, invited):
    page = words(seat(wilma).get(MEMBERS))
    assert NORA in page
    seat(wilma).post(f"/hubs/west/team/invitations/{Invitation.objects.get().pk}/revoke/")
    assert NORA not in words(seat(wilma).get(MEMBERS)).partition("Invite somebody")[0]
    assert client.post(f"/confirm/{invited.token}/").status_code == 410
    assert nora() is None


def test_nor_does_one_that_is_too_old(client, hubs, invited):
    before = timezone.now() - datetime.timedelta(days=1)
    Invitation.objects.update(expires_at=before)
    assert client.post(f"/confirm/{invited.token}/").status_code == 410
    assert nora() is None


def test_nor_one_of_somebody_who_may_invite_no_more(client, hubs, wilma, invited):
    Grant.objects.filter(person=wilma).delete()
    assert client.post(f"/confirm/{invited.token}/").status_code == 410
    assert nora() is None


def test_asked_again_only_the_new_mail_holds(client, seat, wilma, hubs, invited, post):
    seat(wilma).post(MEMBERS, {"email": NORA.upper()})
    (again,) = post()
    assert client.post(f"/confirm/{invited.token}/").status_code == 410
    assert client.post(f"/confirm/{again.token}/").status_code == 302
    assert may_run(nora(), hubs["west"])


def test_the_answer_is_alike_whether_or_not_the_address_has_an_account(seat, hubs, wilma, bob):
    texts = [
        words(seat(wilma).post(MEMBERS, {"email": email}, follow=True)).replace(email, "WHO")
        for email in ("bob@example.org", "eve@example.org")
    ]
    assert "We sent an invitation to WHO." in texts[0]
    assert "We sent an invitation to WHO." in texts[1]


@pytest.mark.parametrize("email", ["", "nobody", HTML])
def test_what_is_no_address_is_refused(seat, hubs, wilma, email, post):
    answer = seat(wilma).post(MEMBERS, {"email": email})
    assert answer.status_code == 400
    assert HTML not in answer.content.decode()
    assert post() == []


def test_a_hub_without_an_area_has_nobody_to_invite(seat, hubs, olga):
    hubs["west"].areas.clear()
    answer = seat(olga).post(MEMBERS, {"email": NORA})
    assert "This hub serves no area yet" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_member_is_removed_and_told(seat, client, hubs, wilma, olga, post, invited):
    client.post(f"/confirm/{invited.token}/")
    browser = seat(nora())
    assert browser.get("/hubs/west/team/").status_code == 200
    path = f"{MEMBERS}{nora().pk}/remove/"
    assert "Remove nora@example.org from the team?" in words(seat(wilma).get(path))
    assert may_run(nora(), hubs["west"])
    seat(wilma).post(path)
    assert not may_run(nora(), hubs["west"])
    assert browser.get("/hubs/west/team/").status_code == 403
    (told,) = post()
    assert told.message["To"] == NORA
    assert "You no longer look after this hub on Changemap: West hub." in told.text


def test_a_steward_may_leave(seat, hubs, wilma):
    browser = seat(wilma)
    path = f"{MEMBERS}{wilma.pk}/remove/"
    assert "Leave the team of West hub?" in words(browser.get(path))
    assert browser.post(path).headers["Location"] == "/hubs/west/"
    assert not hubs_of(User.objects.get(pk=wilma.pk)).exists()


def test_members_of_another_hub_cannot_be_removed_here(seat, hubs, wilma, erwin):
    assert seat(wilma).post(f"{MEMBERS}{erwin.pk}/remove/").status_code == 404
    assert may_run(erwin, hubs["east"])


def test_a_grant_for_part_of_what_a_hub_serves_is_none_for_the_hub(hubs, wilma, ground):
    hubs["west"].areas.add(ground.east)
    assert not may_run(wilma, hubs["west"])
    Grant.objects.create(person=wilma, role=Grant.Role.STEWARD, area=ground.nation)
    assert set(hubs_of(wilma)) == set(Hub.objects.all())


def test_a_blocked_account_runs_nothing(hubs, wilma, olga):
    for person in (wilma, olga):
        User.objects.filter(pk=person.pk).update(is_active=False)
        assert not may_run(User.objects.get(pk=person.pk), hubs["west"])
        assert not may_run(User.objects.get(pk=person.pk), None)


def test_what_waits_comes_first_when_a_steward_signs_in(rf, hubs, wilma, olga, bob):
    def led_to(person: User) -> str:
        request = rf.get("/")
        request.user = person
        return Accounts(request).get_login_redirect_url(request)

    assert led_to(wilma) == "/hubs/west/team/"
    assert led_to(olga) == led_to(bob) == "/mine/"


def test_the_team_s_page_counts_what_waits(seat, message, wilma):
    page = words(seat(wilma).get("/hubs/west/team/"))
    assert "Messages 1 waits for an answer" in page
    assert "Moderation Nothing waits for a decision" in page
    assert page.index("Messages") < page.index("Moderation") < page.index("Members")
    HubMessage.objects.all().delete()
    assert "None waits for an answer" in words(seat(wilma).get("/hubs/west/team/"))


def test_a_team_words_its_own_hub(seat, client, hubs, wilma):
    form = {
        "name": "West  Country\nhub",
        "name_cy": "",
        "welcome": HTML,
        "about": "We are three.",
        "place": "Westham",
        "email": "new@example.org",
        "telephone": "029 2018 0000",
        "website": "example.org/hub",
    }
    assert seat(wilma).post("/hubs/west/team/words/", form).headers["Location"] == "/hubs/west/"
    west = Hub.objects.get(slug="west")
    assert (west.name, west.website) == ("West Country hub", "https://example.org/hub")
    assert west.edited_at
    assert HTML not in client.get("/hubs/west/").content.decode()
    assert Hub.objects.get(slug="east").name == "East hub"


@pytest.mark.parametrize(
    "fault",
    [
        {"website": "javascript:alert(7)"},
        {"website": "ftp://example.org/"},
        {"email": "nobody"},
        {"name": ""},
        {"telephone": "call me"},
        {"welcome": "x" * 401},
        {"about": "x" * 4001},
    ],
)
def test_words_that_do_not_fit_are_refused_and_not_lost(seat, hubs, wilma, fault):
    form = {
        "name": "New",
        "place": "Westham",
        "email": "new@example.org",
        "about": "Kept.",
        **fault,
    }
    answer = seat(wilma).post("/hubs/west/team/words/", form)
    assert answer.status_code == 400
    assert next(iter(fault.values())) in answer.content.decode()
    assert Hub.objects.get(slug="west").name == "West hub"


def test_the_address_and_areas_of_a_hub_are_no_words_of_its_team(seat, hubs, wilma, ground):
    form = {"name": "New", "place": "Westham", "email": "new@example.org"}
    more = {"slug": "east-too", "code": "Y59", "areas": str(ground.east.pk)}
    seat(wilma).post("/hubs/west/team/words/", {**form, **more})
    west = Hub.objects.get(pk=hubs["west"].pk)
    assert (west.slug, west.code, west.areas.get()) == ("west", "Y58", ground.west)


def test_what_a_team_changes_is_written_down_with_who_did(seat, hubs, resource, wilma):
    form = {"name": "New", "place": "Westham", "email": "new@example.org"}
    made, browser = resource(), seat(wilma)
    browser.post("/hubs/west/team/words/", form)
    browser.post(f"/hubs/west/team/resources/{made.pk}/retire/")
    browser.post(MEMBERS, {"email": NORA})
    for row, changed in ((hubs["west"], "name"), (made, "retired_at")):
        entry = LogEntry.objects.get_for_object(row).first()
        assert entry.actor == wilma
        assert changed in entry.changes_dict
    invited = LogEntry.objects.get_for_object(Invitation.objects.get()).get()
    assert invited.actor == wilma
    assert NORA not in str(invited.changes_dict)
