"""A pledge for a whole organisation: seen once somebody there stands by it."""

import pytest
from django.core.exceptions import PermissionDenied

from pledges.accounts.models import Confirmation, Grant, User
from pledges.pledging import actions
from pledges.pledging.actions import in_domains
from pledges.pledging.models import Pledge
from tests.pledges.writing import EMAIL, answered, filled


@pytest.fixture
def hospital(ground):
    ground.hospital.email_domains = ["alderham.example"]
    ground.hospital.save()
    return ground.hospital


@pytest.fixture
def waiting(hospital, client):
    """Dora's pledge for the whole hospital; she has answered her mail."""
    client.post("/pledges/new/", filled(who=3, organisation="RXA", show=1))
    client.force_login(answered())
    return Pledge.objects.get()


def test_it_waits_for_more_than_its_author(waiting):
    assert waiting.verified_at
    assert not waiting.public


def test_an_author_of_the_organisations_own_is_enough(hospital, client):
    inside = "dora@mail.alderham.example"
    client.post("/pledges/new/", filled(who=3, organisation="RXA", show=1, email=inside))
    answered(inside)
    assert Pledge.objects.get().public


def test_a_colleague_approves_by_mail(waiting, client):
    address = f"/pledges/{waiting.pk}/approval/"
    assert "alderham.example" in client.get(address).content.decode()
    assert client.post(address, {"email": "boss@elsewhere.example"}).status_code == 400
    assert client.post(address, {"email": "boss@alderham.example"}).status_code == 302
    asked = Confirmation.objects.get(kind=Confirmation.Kind.APPROVE)
    assert (asked.email, asked.pledge) == ("boss@alderham.example", waiting)
    answered("boss@alderham.example")
    waiting.refresh_from_db()
    assert waiting.public
    assert waiting.author.email == EMAIL


def test_an_operator_approves(waiting, client, alice):
    Grant.objects.create(person=alice, role=Grant.Role.OPERATOR)
    client.force_login(alice)
    client.post(f"/pledges/{waiting.pk}/approval/", {"approve": "1"})
    waiting.refresh_from_db()
    assert waiting.public


def test_nobody_else_does_or_learns_of_it(waiting, client, charlie):
    address = f"/pledges/{waiting.pk}/approval/"
    client.post(address, {"approve": "1"})  # its own author
    client.force_login(charlie)
    assert client.get(address).status_code == 404
    assert client.post(address, {"approve": "1"}).status_code == 404
    client.logout()
    assert client.get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.approve(waiting, charlie)
    with pytest.raises(PermissionDenied):
        actions.ask_for_approval(waiting, "charlie@example.org")
    waiting.refresh_from_db()
    assert not waiting.public


def test_approved_before_the_author_answered_it_still_waits(hospital, client):
    client.post("/pledges/new/", filled(who=3, organisation="RXA", show=1))
    made = Pledge.objects.get()
    boss = User.objects.create_user("boss@alderham.example")
    assert not actions.approve(made, boss).public
    answered()
    made.refresh_from_db()
    assert made.public


@pytest.mark.parametrize(
    ("email", "inside"),
    [
        ("a@alderham.example", True),
        ("a@Mail.ALDERHAM.example", True),
        ("a@notalderham.example", False),
        ("a@alderham.example.org", False),
        ("alderham.example@example.org", False),
        ("", False),
    ],
)
def test_what_is_an_address_of_the_organisation(hospital, email, inside):
    assert in_domains(email, hospital) is inside
