"""The pages that everybody sees: the list, an event, registering, one's place."""

import datetime
import re

import pytest
from django.utils import timezone

from hubs.events.models import Answer, Event, Registration
from pledges.accounts.models import Confirmation, Taken
from tests.hubs.events.conftest import question, states

HTML = "<script>alert(7)</script>"
DAY = datetime.timedelta(days=1)


def titles(client, query: str = "") -> list[str]:
    answer = client.get(f"/events/{query}")
    assert answer.status_code == 200
    return re.findall(r'event-item__title"><a href="[^"]+">([^<]+)<', answer.content.decode())


@pytest.fixture
def several(event, hubs, ground):
    now = timezone.now()
    event("Stand in the west", kind="stand", starts_at=now + 2 * DAY)
    event("Webinar for all", kind="webinar", online=True, hub=None, starts_at=now + DAY)
    event("Forum of the east", kind="forum", online=True, hub=hubs["east"])
    event("Long ago", starts_at=now - 9 * DAY)
    event("Now going on", starts_at=now - datetime.timedelta(minutes=30))
    event("Called off", status=Event.Status.CANCELLED)
    event("Still a draft", status=Event.Status.DRAFT)


def test_what_is_to_come_soonest_first_and_what_has_been(several, client):
    assert titles(client) == [
        *("Now going on", "Webinar for all", "Stand in the west", "Forum of the east"),
    ]
    assert titles(client, "?when=past") == ["Long ago"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=stand&kind=webinar", ["Webinar for all", "Stand in the west"]),
        ("?kind=stand,webinar", ["Webinar for all", "Stand in the west"]),
        ("?where=online", ["Webinar for all", "Forum of the east"]),
        ("?where=place", ["Now going on", "Stand in the west"]),
        ("?hub=east", ["Forum of the east"]),
        ("?hub=national", ["Webinar for all"]),
        ("?area=Y59", ["Forum of the east"]),
        ("?area=E07000001", ["Now going on", "Stand in the west"]),
        ("?q=forum", ["Forum of the east"]),
        ("?q=hospital+stand", ["Stand in the west"]),
        ("?bbox=-4,50,-2,52", ["Now going on", "Stand in the west"]),
        ("?bbox=-1,50,0,52", []),
    ],
)
def test_filters(several, client, query, found):
    assert titles(client, query) == found


def test_days_are_days_of_london(event, client):
    start = datetime.datetime(2027, 6, 30, 23, 30, tzinfo=datetime.UTC)  # July in London
    event("Late", starts_at=start, ends_at=start + datetime.timedelta(minutes=20))
    assert titles(client, "?since=2027-07-01&until=2027-07-01") == ["Late"]
    assert titles(client, "?until=2027-06-30") == []


def test_pages_of_the_list(event, client):
    for number in range(23):
        event(f"Event number {number:02}")
    assert len(titles(client)) == 20
    assert titles(client, "?page=2") == [f"Event number {n}" for n in (20, 21, 22)]
    assert client.get("/events/?page=0").status_code == 400


def test_the_number_of_queries_does_not_grow_with_the_list(
    event, client, django_assert_max_num_queries
):
    for number in range(15):
        event(f"Event number {number}")
    with django_assert_max_num_queries(12):
        titles(client)


def test_an_event_says_when_and_where(event, client):
    start = datetime.datetime(2027, 10, 31, 0, 30, tzinfo=datetime.UTC)
    held = event(starts_at=start, ends_at=start + datetime.timedelta(hours=1))
    page = client.get(f"/events/{held.slug}/").content.decode()
    assert "Sunday 31 October 2027, 01:30 BST to 01:30 GMT" in page
    assert "Room 4, Alderham Hospital" in page
    assert "/#map=15/51.0000/-3.0000" in page


def test_what_organisers_write_is_no_html(event, client):
    held = event(title=HTML, description=f"{HTML}\n\nhello", place=HTML)
    for path in ("/events/", f"/events/{held.slug}/", f"/events/{held.slug}/register/"):
        page = client.get(path).content.decode()
        assert HTML not in page
        assert "&lt;script&gt;" in page


def test_slides_are_shown_once_it_is_over(event, client):
    held = event()
    held.links.create(kind="slides", title="The slides", address="https://example.org/slides")
    path = f"/events/{held.slug}/"
    assert "The slides" not in client.get(path).content.decode()
    Event.objects.update(status=Event.Status.HELD)
    assert 'href="https://example.org/slides"' in client.get(path).content.decode()


def test_register_without_an_account(event, client, post):
    asked = [question(), question("Meat?", choices=["Yes", "No"], required=True)]
    held = event(questions=asked)
    soup, meat = held.questions.all()
    path = f"/events/{held.slug}/register/"
    page = client.get(path).content.decode()
    assert "What shall we cook? (optional)" in page
    said = {"name": "Dora", "email": "dora@example.org", f"answer_{soup.pk}": "=Leek"}
    answer = client.post(path, said)
    assert answer.status_code == 400
    assert "Answer: Meat?" in answer.content.decode()
    assert 'value="=Leek"' in answer.content.decode()
    answer = client.post(path, {**said, f"answer_{meat.pk}": "Perhaps"})
    assert "Choose one of the answers" in answer.content.decode()
    answer = client.post(path, {**said, f"answer_{meat.pk}": "No"}, follow=True)
    assert "We sent a mail to" in answer.content.decode()
    (asked_mail,) = post()
    link = f"/confirm/{asked_mail.token}/"
    page = client.get(link).content.decode()
    assert "Do you want to come to this event?" in page
    assert "Clean hands for all" in page
    assert states(held) == {"unconfirmed": 1}
    page = client.post(link, follow=True).content.decode()
    assert "You have a place" in page
    row = held.registrations.get()
    assert row.code in page
    assert sorted(Answer.objects.values_list("text", flat=True)) == ["=Leek", "No"]
    (mail,) = post()
    assert f"/events/place/{row.pk}:" in mail.text
    kinds = [part.get_content_type() for part in mail.message.walk()]
    assert {"text/plain", "text/html", "text/calendar", "image/png"} <= set(kinds)


def test_the_code_in_the_mail_confirms_as_well(event, client, post):
    held = event()
    said = {"name": "Dora", "email": "dora@example.org"}
    client.post(f"/events/{held.slug}/register/", said)
    (asked,) = post()
    given = {"email": "dora@example.org", "code": asked.code}
    page = client.post("/confirm/", given, follow=True)
    assert "You have a place" in page.content.decode()


def test_the_answer_is_alike_whether_or_not_the_address_is_known(event, client, come, post):
    held = event(capacity=5)
    come(held, "known@example.org")
    pages = []
    for email in ("known@example.org", "unkno@example.org"):
        said = {"name": "X", "email": email}
        answer = client.post(f"/events/{held.slug}/register/", said, follow=True)
        token = r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"'
        pages.append(re.sub(token, "", answer.content.decode()).replace(email, ""))
    assert pages[0] == pages[1]


def test_signed_in_it_is_one_step_and_a_second_time_leads_to_the_place(event, client, bob, post):
    held = event()
    client.force_login(bob)
    path = f"/events/{held.slug}/register/"
    assert 'name="email"' not in client.get(path).content.decode()
    answer = client.post(path, {"name": "Bob"})
    row = held.registrations.get()
    assert answer["Location"] == row.get_absolute_url()
    assert (row.person, row.email) == (bob, bob.email)
    assert client.get(path)["Location"] == row.get_absolute_url()
    assert "See my place" in client.get(f"/events/{held.slug}/").content.decode()


def test_programs_that_fill_in_the_hidden_field_get_nothing(event, client):
    held = event()
    said = {"name": "Bot", "email": "bot@example.org", "website": "x"}
    answer = client.post(f"/events/{held.slug}/register/", said)
    assert answer["Location"] == "/confirm/"
    assert not Registration.objects.exists()
    assert not Confirmation.objects.exists()


def test_mails_to_one_address_are_limited(event, client):
    held = event()
    said = {"name": "X", "email": "dora@example.org"}
    for _time in range(6):
        assert client.post(f"/events/{held.slug}/register/", said).status_code == 302
    answer = client.post(f"/events/{held.slug}/register/", said)
    assert answer.status_code == 400
    assert "too often" in answer.content.decode()
    assert Registration.objects.count() == 6
    assert Taken.objects.exists()


def test_a_place_is_given_up_by_its_button_and_by_nothing_else(event, come, client, post):
    held = event(capacity=1)
    row, waits = come(held, "dora@example.org"), come(held, "emil@example.org")
    path = row.get_absolute_url()
    for _time in range(2):
        assert "Give up my place" in client.get(path).content.decode()
    client.head(path)
    assert states(held) == {"placed": 1, "waiting": 1}
    page = client.post(path, follow=True).content.decode()
    assert "You gave up your place" in page
    waits.refresh_from_db()
    assert waits.placed
    client.post(path)
    assert states(held) == {"placed": 1, "cancelled": 1}


def test_after_the_event_nothing_is_given_up(event, come, client):
    held = event()
    row = come(held, "dora@example.org")
    Event.objects.update(starts_at=timezone.now() - DAY, ends_at=timezone.now() - DAY / 2)
    assert "Give up" not in client.get(row.get_absolute_url()).content.decode()
    client.post(row.get_absolute_url())
    assert states(held) == {"placed": 1}


def test_next_events_stand_on_the_pages_of_organisations(
    event, hubs, ground, pledge, count_up, client
):
    pledge("I will listen.", organisation=ground.hospital)
    count_up()
    event("Near the hospital")
    event("Far in the east", online=True, hub=hubs["east"])
    event("Over", starts_at=timezone.now() - 3 * DAY)
    page = client.get(f"/organisations/{ground.hospital.code}/").content.decode()
    assert "Next events in West" in page
    assert "Near the hospital" in page
    assert "Far in the east" not in page
    assert ">Over<" not in page
