"""An organisation that the list has not: kept as written, and settled by an operator."""

import pytest
from django.core.exceptions import PermissionDenied

from pledges.accounts.models import Grant
from pledges.organisations.unlisted import settle
from pledges.pledging.models import Pledge
from tests.pledges.writing import answered, filled

NEW = "/pledges/new/"
NAME = "Friends of the Pier Surgery"


def made(client, **changes: object) -> Pledge:
    answer = client.post(NEW, filled(organisation=NAME, not_listed="on", **changes))
    assert answer.status_code == 302, answer.context["form"].errors
    return Pledge.objects.get()


def test_it_is_shown_without_it_until_it_is_settled(ground, client):
    pledge = made(client, who=2, team="The walkers")
    answered()
    pledge.refresh_from_db()
    assert pledge.public
    assert (pledge.unlisted, pledge.organisation) == (NAME, None)
    page = client.get(f"/pledges/{pledge.pk}/").content.decode()
    assert "The walkers" in page
    assert NAME not in page
    listed = client.get("/api/collections/pledges/items").json()["features"]
    assert NAME not in str(listed)


def test_one_for_the_whole_of_it_is_not_shown_and_its_author_is_told(ground, client, alice):
    client.force_login(alice)
    answer = client.post(NEW, filled(organisation=NAME, not_listed="on", who=3, email=None))
    pledge = Pledge.objects.get()
    assert answer.url == f"/pledges/{pledge.pk}/approval/"
    assert not pledge.public
    page = client.get(answer.url).content.decode()
    assert NAME in page
    assert "not in our list yet" in page
    client.post(answer.url, {"email": "alice@example.org"})
    client.post(answer.url, {"approve": "1"})
    pledge.refresh_from_db()
    assert not pledge.public
    assert client.get("/mine/").status_code == 200


def test_an_operator_settles_all_that_called_it_so(ground, client, alice, bob):
    pledge = made(client, who=3)
    other = Pledge.objects.get(pk=pledge.pk)
    other.pk, other.form_key, other.unlisted = None, None, NAME.upper()
    other.who = Pledge.Who.PERSON
    other.save()
    with pytest.raises(PermissionDenied):
        settle(pledge, ground.hospital, bob)
    Grant.objects.create(person=alice, role=Grant.Role.OPERATOR)
    assert settle(pledge, ground.hospital, alice) == 2
    answered()
    pledge.refresh_from_db()
    assert (pledge.organisation, pledge.unlisted, pledge.public) == (ground.hospital, "", False)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"organisation": " "}, "Enter the name of the organisation"),
        ({"show": 1}, "We do not know yet where this organisation is"),
        ({"not_listed": None}, "or say that it is not in the list"),
        ({"organisation": "x" * 201}, "at most 200 characters"),
        ({"organisation": "NUL \x00"}, "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_is_told(ground, client, change, told):
    given = filled(**{"organisation": NAME, "not_listed": "on", "who": 3, **change})
    answer = client.post(NEW, given)
    assert answer.status_code == 400
    assert told in " ".join(answer.content.decode().replace("&#x27;", "’").split())
    assert not Pledge.objects.exists()


def test_authors_may_let_others_write_to_them(ground, client):
    client.post(NEW, filled(contactable="on"))
    assert Pledge.objects.get().contactable
    client.post(NEW, filled(form_key="", text="I will walk to work in May."))
    assert not Pledge.objects.get(text__startswith="I will walk").contactable


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "Dora who works in the NHS, somewhere in SO14."),
        ({"display_name": "", "i_am": 3}, "someone, a patient or carer, somewhere in SO14."),
        ({"display_name": "<b>A nurse</b>"}, "&lt;b&gt;A nurse&lt;/b&gt; who works in the NHS, "),
        (
            {"show": 4, "organisation": "RXA"},
            "Dora who works in the NHS, Alderham Hospital, not on",
        ),
        ({"show": 3}, "Dora who works in the NHS, in "),
        ({"show": 1, "organisation": "RXA"}, "Dora who works in the NHS, at Alderham Hospital."),
        ({"who": 2, "team": "Ward 6", "organisation": "RXA"}, "Ward 6, Alderham Hospital, some"),
        ({"who": 3, "organisation": "RXA", "show": 1}, "the whole organisation, at Alderham Hos"),
    ],
)
def test_the_form_that_comes_back_says_what_others_will_see(ground, client, change, sentence):
    page = client.post(NEW, filled(due="2001-01-01", **change)).content.decode()
    assert f"Others will see: {sentence}" in page


def test_no_sentence_is_better_than_half_of_one(ground, client):
    for change in ({"show": None}, {"postcode": ""}, {"who": None}):
        page = client.post(NEW, filled(**change)).content.decode()
        assert "Others will see: " not in page
    assert "Others will see: " not in client.get(NEW).content.decode()
