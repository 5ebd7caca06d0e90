"""Messages in the hands of a hub's team: read, answered by mail, put aside."""

import uuid

from hubs.hub.models import HubAnswer, HubMessage
from tests.hubs.conftest import HTML, write
from tests.pledges.test_pages import words

INBOX = "/hubs/west/team/messages/"


def answer(browser, message, text="Come on Tuesday.\n\nBring a friend.", **more):
    form = {"text": text, "form_key": str(uuid.uuid4()), **more}
    return browser.post(f"{INBOX}{message.pk}/", form)


def test_the_sender_gets_the_answer_in_the_hub_s_own_words(seat, message, wilma, post):
    post()
    assert answer(seat(wilma), message).headers["Location"] == INBOX
    (sent,) = post()
    assert sent.message["To"] == "dora@example.org"
    assert sent.message["Subject"] == "An answer from West hub"
    assert sent.message["Reply-To"] == "west@example.org"
    assert "Auto-Submitted" not in sent.message
    assert "Come on Tuesday.\n\nBring a friend." in sent.text.replace("\r\n", "\n")
    assert "/hubs/west/write/" in sent.text
    assert "Can you help us?" not in sent.text, "their own words may not be theirs"
    kept = HubAnswer.objects.get()
    assert kept.author == wilma
    assert kept.sent_at


def test_an_answer_is_text_in_the_mail(seat, message, wilma, post):
    post()
    answer(seat(wilma), message, HTML)
    (sent,) = post()
    assert HTML in sent.text
    assert HTML not in sent.html
    assert "&lt;script&gt;" in sent.html


def test_a_hub_s_name_of_two_lines_begins_no_other_header(seat, message, wilma, post, hubs):
    hubs["west"].name = "West\r\nBcc: all@example.org"
    hubs["west"].save()
    post()
    answer(seat(wilma), message)
    (sent,) = post()
    assert sent.message["Bcc"] is None
    assert "West Bcc" in sent.message["Subject"]


def test_the_same_answer_twice_is_sent_once(seat, message, wilma, post):
    post()
    browser, key = seat(wilma), str(uuid.uuid4())
    for _ in range(2):
        assert answer(browser, message, form_key=key).status_code == 302
    assert HubAnswer.objects.count() == 1
    assert len(post()) == 1


def test_what_waits_comes_first_and_what_is_answered_below(seat, hubs, wilma):
    first, second = write(hubs["west"], text="First."), write(hubs["west"], text="Second.")
    browser = seat(wilma)
    page = words(browser.get(INBOX))
    assert page.index("First.") < page.index("Second.")
    assert "Waiting for an answer (2)" in page
    answer(browser, first)
    page = words(browser.get(INBOX))
    assert page.index("Second.") < page.index("Answered or put aside") < page.index("First.")
    assert "Come on Tuesday." in words(browser.get(f"{INBOX}{first.pk}/"))
    assert second.closed_at is None


def test_a_message_is_put_aside_and_waits_again(seat, message, wilma, post):
    browser = seat(wilma)
    for closed in (True, False):
        browser.post(f"{INBOX}{message.pk}/aside/")
        message.refresh_from_db()
        assert bool(message.closed_at) is closed
    browser.post(f"{INBOX}{message.pk}/aside/")
    assert post() == [], "nobody is told of a message that needs no answer any more"


def test_an_empty_answer_is_none_and_a_long_one_is_not_lost(seat, message, wilma, post):
    post()
    browser = seat(wilma)
    assert answer(browser, message, "").status_code == 400
    refused = answer(browser, message, "x" * 5001)
    assert refused.status_code == 400
    assert "x" * 5001 in refused.content.decode()
    assert post() == []
    assert not HubAnswer.objects.exists()


def test_opening_a_message_changes_nothing(seat, message, wilma):
    before = list(HubMessage.objects.values())
    for path in (INBOX, f"{INBOX}{message.pk}/"):
        assert seat(wilma).get(path).status_code == 200
    assert list(HubMessage.objects.values()) == before


def test_what_a_stranger_wrote_is_text_on_the_page(seat, hubs, wilma):
    made = write(hubs["west"], text=HTML, name=HTML)
    for path in (INBOX, f"{INBOX}{made.pk}/"):
        page = seat(wilma).get(path).content.decode()
        assert HTML not in page
        assert "&lt;script&gt;" in page


def test_another_hub_s_message_is_not_there(seat, hubs, wilma):
    eastern = write(hubs["east"])
    browser = seat(wilma)
    for path in (f"{INBOX}{eastern.pk}/", f"{INBOX}{eastern.pk}/aside/"):
        assert browser.post(path, {"text": "Mine now."}).status_code == 404
    assert not HubAnswer.objects.exists()
    assert "Can you help us?" not in words(browser.get(INBOX))
