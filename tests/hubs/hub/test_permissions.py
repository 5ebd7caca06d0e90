"""Who may open which page of a team, and press which button: its stewards, and operators."""

import pytest
from django.test import Client

from hubs.hub import actions
from hubs.hub.models import Hub, HubMessage
from pledges.accounts.models import Confirmation
from tests.hubs.hub.test_team import NORA

READ = ("", "messages/", "resources/", "resources/{resource}/file/")
FORMS = (
    *("words/", "messages/{message}/", "members/", "members/{wilma}/remove/"),
    *("resources/new/", "resources/{resource}/"),
)
BUTTONS = (
    *("messages/{message}/aside/", "invitations/{invitation}/revoke/"),
    *("resources/{resource}/publish/", "resources/{resource}/retire/"),
)


@pytest.fixture
def places(message, resource, wilma, hubs) -> dict[str, int]:
    invitation = actions.invite(hubs["west"], NORA, wilma)
    return {
        "message": message.pk,
        "resource": resource().pk,
        "wilma": wilma.pk,
        "invitation": invitation.pk,
    }


@pytest.mark.parametrize("at", [*READ, *FORMS, *BUTTONS])
def test_a_team_s_pages_are_for_its_stewards_and_operators(
    seat, places, at, wilma, erwin, olga, bob
):
    path = f"/hubs/west/team/{at.format(**places)}"
    methods = {READ: ("get",), FORMS: ("get", "post"), BUTTONS: ("post",)}
    allowed = next(each for ats, each in methods.items() if at in ats)
    before = list(Hub.objects.values()), list(HubMessage.objects.values())
    for method in ("get", "post"):
        if method not in allowed:
            assert getattr(seat(wilma), method)(path).status_code == 405
            continue
        stranger = getattr(Client(), method)(path)
        assert stranger.headers["Location"].startswith("/accounts/login/?next=")
        for person in (bob, erwin):
            assert getattr(seat(person), method)(path).status_code == 403, person
        one_factor = Client()
        one_factor.force_login(wilma)
        assert getattr(one_factor, method)(path).headers["Location"].startswith("/accounts/2fa/")
    assert (list(Hub.objects.values()), list(HubMessage.objects.values())) == before
    assert Confirmation.objects.count() == 1
    for person in (wilma, olga):
        answer = getattr(seat(person), allowed[0])(path)
        assert answer.status_code == (200 if "get" in allowed else 302)
        assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("at", ["", "new/"])
def test_what_is_of_all_hubs_is_for_operators_alone(seat, hubs, at, wilma, olga, bob):
    path = f"/resources/team/{at}"
    for person, status in ((wilma, 403), (bob, 403), (olga, 200)):
        assert seat(person).get(path).status_code == status
    assert Client().get(path).status_code == 302
