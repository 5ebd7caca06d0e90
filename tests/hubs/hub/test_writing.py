"""Writing to a hub: kept, told to the hub without a word of it, and nothing typed is lost."""

import uuid

import pytest
from django.core import mail
from django.test import Client

from hubs.hub.actions import FROM_ADDRESS
from hubs.hub.mail_tasks import NOTICES
from hubs.hub.models import HubMessage
from tests.hubs.conftest import HTML, write
from tests.pledges.test_pages import words

FORM = {"text": "Can you help us?", "name": "Dora", "email": "dora@example.org"}
PATH = "/hubs/west/write/"


def test_a_message_is_kept_and_the_hub_is_told(client, hubs, post):
    answer = client.post(PATH, FORM)
    assert answer.headers["Location"] == "/hubs/west/written/"
    kept = HubMessage.objects.get()
    assert (kept.hub, kept.text, kept.name) == (hubs["west"], "Can you help us?", "Dora")
    assert (kept.email, kept.sender) == ("dora@example.org", None)
    (told,) = post()
    assert told.message["To"] == "west@example.org"
    assert f"/hubs/west/team/messages/{kept.pk}/" in told.text


def test_the_mail_to_the_hub_quotes_no_word_of_a_stranger(client, hubs, post):
    client.post(PATH, {"text": f"zanzibar {HTML}", "name": "zanzibar", "email": "z@zanzibar.org"})
    (told,) = post()
    assert "zanzibar" not in told.message.as_string()
    assert "zanzibar" not in told.text + told.html


def test_who_is_signed_in_gives_no_address(seat, hubs, bob):
    browser = seat(bob)
    page = words(browser.get(PATH))
    assert "The answer goes to bob@example.org" in page
    browser.post(PATH, {"text": "Can you help us?", "email": "else@example.org"})
    kept = HubMessage.objects.get()
    assert (kept.email, kept.sender) == ("bob@example.org", bob)


def test_the_same_form_twice_is_one_message(client, hubs, post):
    form = {**FORM, "form_key": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(PATH, form).status_code == 302
    assert HubMessage.objects.count() == 1
    assert len(post()) == 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"text": ""}, "Write your message"),
        ({"text": "x" * 3001}, "Use 3,000 characters at most"),
        ({"email": "nobody"}, "Enter an e-mail address"),
        ({"email": ""}, "Enter your e-mail address"),
        ({"name": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, hubs, fault, said):
    form = {**FORM, "text": "Half a page of it.", **fault}
    answer = client.post(PATH, form)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "There is a problem" in page
    assert said in page
    for value in form.values():
        assert value in page
    assert not HubMessage.objects.exists()


def test_a_form_filled_in_by_a_program_is_thanked_and_forgotten(client, hubs, post):
    answer = client.post(PATH, {**FORM, "subject": "Cheap watches"})
    assert answer.headers["Location"] == "/hubs/west/written/"
    assert not HubMessage.objects.exists()
    assert post() == []


def test_too_many_are_refused_with_what_was_typed(client, hubs):
    for _ in range(FROM_ADDRESS.most):
        assert client.post(PATH, FORM).status_code == 302
    answer = client.post(PATH, FORM)
    assert answer.status_code == 400
    assert "You have tried this too often" in answer.content.decode()
    assert "Can you help us?" in answer.content.decode()
    assert HubMessage.objects.count() == FROM_ADDRESS.most
    assert client.post(PATH, {**FORM, "email": "dave@example.org"}).status_code == 302


def test_a_hub_s_letterbox_is_not_filled_whatever_is_written(hubs, post):
    for number in range(NOTICES.most + 3):
        write(hubs["west"], email=f"person{number}@example.org")
    assert len(post()) == NOTICES.most
    assert HubMessage.objects.count() == NOTICES.most + 3
    assert {message.to[0] for message in mail.outbox} == {"west@example.org"}


def test_a_form_of_another_site_is_refused(hubs):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PATH, FORM).status_code == 403
    assert not HubMessage.objects.exists()


def test_the_page_is_kept_by_nobody(client, hubs):
    assert "no-store" in client.get(PATH)["Cache-Control"]
