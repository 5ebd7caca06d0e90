"""Who may run which events, and what the pages of organisers do."""

import csv
import datetime
import io

import pytest
from django.test import Client
from django.utils import timezone

from hubs.events import actions
from hubs.events.models import Announcement, Event, EventLink, Registration
from pledges.accounts.models import Grant
from tests.hubs.events.conftest import JOIN, entry, grant, question

PAGES = ("run/", "edit/", "message/", "people/", "people.csv", "check-in/", "run/cancel/")


def test_a_steward_writes_a_draft_with_a_place_and_a_question(written, ground, wilma):
    assert (written.title, written.kind, written.status) == ("Soup for change", "forum", "draft")
    assert (written.hub.slug, written.made_by) == ("west", wilma)
    assert written.description == "We cook.\n\nAnd talk."
    assert written.location.coords == (-3.0, 51.0)
    assert (written.district, written.region) == (ground.alderham, ground.west)
    assert written.starts_at.astimezone(datetime.UTC).hour == 13  # summer time
    asked = written.questions.get()
    assert (asked.text, asked.choices, asked.required) == ("Meat?", ["Yes", "No"], False)


def test_from_draft_to_slides(written, west, client, come):
    path = f"/events/{written.slug}/"
    assert client.get(path).status_code == 404
    assert "Draft" in west.get(path).content.decode()
    assert west.get(f"{path}run/publish/").status_code == 200
    assert client.get(path).status_code == 404
    west.post(f"{path}run/publish/")
    assert client.get(path).status_code == 200
    row = come(Event.objects.get(), "dora@example.org")
    Event.objects.update(starts_at=timezone.now() - datetime.timedelta(minutes=5))
    page = west.post(f"{path}check-in/", {"code": f" {row.code.lower()} "}).content.decode()
    assert "Dora is checked in." in page
    assert "1 of 1 are here." in page
    west.post(f"{path}run/hold/")
    given = {"kind": "slides", "title": "The slides", "address": "https://example.org/s"}
    west.post(f"{path}run/", given)
    assert "The slides" in client.get(path).content.decode()
    west.post(f"{path}run/", {"drop": str(EventLink.objects.get().pk)})
    assert not EventLink.objects.exists()
    assert Event.objects.get().status == "held"


def may(client: Client, event: Event) -> set[int]:
    found = {client.get(f"/events/{event.slug}/{page}").status_code for page in PAGES}
    posted = client.post(f"/events/{event.slug}/run/cancel/").status_code
    event.refresh_from_db()
    return found | ({posted} if event.cancelled else set())


def test_the_hubs_own_steward_and_operators_may(event, as_organiser, wilma, olga):
    assert may(as_organiser(wilma), event()) == {200, 302}
    assert may(as_organiser(olga), event()) == {200, 302}
    assert may(as_organiser(olga), event(hub=None)) == {200, 302}


def test_a_steward_of_the_nation_may_and_one_of_a_district_may_not(event, as_organiser, ground):
    nation = grant("nina@example.org", Grant.Role.STEWARD, ground.nation)
    district = grant("dave@example.org", Grant.Role.STEWARD, ground.alderham)
    assert may(as_organiser(nation), event()) == {200, 302}
    assert may(as_organiser(district), event()) == {403}


def test_the_steward_of_another_hub_an_editor_and_anybody_else_may_not(
    event, as_organiser, erwin, wilma, alice, ground, client
):
    editor = grant("edda@example.org", Grant.Role.OPERATOR)
    Grant.objects.update_or_create(
        person=editor, defaults={"role": Grant.Role.EDITOR, "organisation": ground.hospital}
    )
    held = event()
    assert may(as_organiser(erwin), held) == {403}
    assert may(as_organiser(editor), held) == {403}
    assert may(as_organiser(wilma), event(hub=None)) == {403}
    client.force_login(alice)
    assert may(client, held) == {403}
    assert may(Client(), held) == {302}
    assert Client().get(f"/events/{held.slug}/run/")["Location"].startswith("/accounts/login/")
    assert not Event.objects.filter(status="cancelled").exists()


def test_without_the_second_factor_nobody_may(event, client, wilma):
    held = event()
    client.force_login(wilma)
    for page in (*PAGES, ""):
        if page:
            answer = client.get(f"/events/{held.slug}/{page}")
            assert answer["Location"].startswith("/accounts/2fa/"), page
    assert client.get("/events/new/")["Location"].startswith("/accounts/2fa/")


def test_a_blocked_steward_may_not(event, as_organiser, wilma):
    browser = as_organiser(wilma)
    wilma.is_active = False
    wilma.save()
    assert browser.get(f"/events/{event().slug}/run/").status_code in (302, 403)


def test_a_steward_makes_events_of_their_own_hub_alone(hubs, west, form):
    answer = west.post("/events/new/", {**form, "hub": "east"})
    assert answer.status_code == 400
    assert "Choose one of your own hubs" in answer.content.decode()
    assert west.post("/events/new/", {**form, "hub": ""}).status_code == 400
    assert not Event.objects.exists()


def test_nor_do_they_hand_one_to_another_hub(written, west, form):
    answer = west.post(f"/events/{written.slug}/edit/", {**form, "hub": "east"})
    assert answer.status_code == 400
    assert Event.objects.get().hub.slug == "west"


def test_an_operator_makes_national_ones(hubs, as_organiser, olga, form):
    as_organiser(olga).post("/events/new/", {**form, "hub": ""})
    assert Event.objects.get().hub is None


def test_the_list_has_what_one_may_run(event, west, hubs):
    event("Of the west", status=Event.Status.DRAFT)
    event("Of the east", online=True, hub=hubs["east"])
    event("National", online=True, hub=None)
    page = west.get("/events/organise/").content.decode()
    assert "Of the west" in page
    assert "Of the east" not in page
    assert "National<" not in page


def test_the_table_holds_no_formulas(event, come, west):
    asked = question("=cmd|' /C calc'!A0")
    held = event(questions=[asked])
    row = come(held, "dora@example.org", {held.questions.get(): '@SUM(1+1)*"x",\n2'})
    Registration.objects.filter(pk=row.pk).update(name="=HYPERLINK(1)")
    answer = west.get(f"/events/{held.slug}/people.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0][-1].startswith("'=cmd")
    assert lines[1][:3] == ["'=HYPERLINK(1)", "dora@example.org", "Has a place"]
    assert lines[1][-1] == '\'@SUM(1+1)*"x",\n2'


def test_the_list_checks_in_and_out(event, come, west):
    held = event(capacity=1)
    row, waits = come(held, "dora@example.org"), come(held, "emil@example.org")
    path = f"/events/{held.slug}/people/"
    assert "Check in Dora" in west.get(path).content.decode()
    west.post(path, {"who": row.pk, "here": "1"})
    row.refresh_from_db()
    first = row.checked_in_at
    west.post(path, {"who": row.pk, "here": "1"})
    row.refresh_from_db()
    assert row.checked_in_at == first is not None
    west.post(path, {"who": row.pk, "here": "0"})
    row.refresh_from_db()
    assert row.checked_in_at is None
    west.post(path, {"who": waits.pk, "here": "1"})
    waits.refresh_from_db()
    assert waits.checked_in_at is None
    assert west.post(path, {"who": "x"}).status_code == 400
    assert west.post(path, {"who": "999999"}).status_code == 404


def test_codes_of_another_event_open_no_door(event, come, west):
    held, other = event(), event("Another")
    row = come(other, "dora@example.org")
    answer = west.post(f"/events/{held.slug}/check-in/", {"code": row.code})
    assert answer.status_code == 400
    assert "Nobody with a place at this event has this code" in answer.content.decode()


def test_the_picture_in_the_mail_fills_in_the_code_and_changes_nothing(event, come, west):
    held = event()
    row = come(held, "dora@example.org")
    page = west.get(f"/events/{held.slug}/check-in/?code={row.code}").content.decode()
    assert f'value="{row.code}"' in page
    row.refresh_from_db()
    assert row.checked_in_at is None


def test_the_picture_is_a_code_that_readers_read(event, come, post):
    zxingcpp = pytest.importorskip("zxingcpp")
    pictures = pytest.importorskip("PIL.Image")
    held = event()
    row = come(held, "dora@example.org")
    (mail,) = post()
    (part,) = (p for p in mail.message.walk() if p.get_content_type() == "image/png")
    (found,) = zxingcpp.read_barcodes(pictures.open(io.BytesIO(part.get_content())))
    assert found.text.endswith(f"/events/{held.slug}/check-in/?code={row.code}")


def test_writing_to_all(event, come, west, post, wilma):
    held = event(capacity=1)
    come(held, "dora@example.org")
    come(held, "emil@example.org")
    post()
    path = f"/events/{held.slug}/message/"
    said = {"to": "placed", "subject": "Bring a\r\nBcc: eve@example.org", "text": "A <b>spoon</b>"}
    west.post(path, said)
    (mail,) = post()
    assert mail.message["To"] == "dora@example.org"
    assert mail.message["Subject"] == "Bring a Bcc: eve@example.org"
    assert mail.message["Bcc"] is None
    assert "A <b>spoon</b>" in mail.text
    assert "A &lt;b&gt;spoon&lt;/b&gt;" in mail.html
    assert Announcement.objects.get().sent_by == wilma
    west.post(path, {**said, "to": "all"})
    assert {mail.message["To"] for mail in post()} == {"dora@example.org", "emil@example.org"}
    assert west.post(path, {**said, "text": ""}).status_code == 400


def test_changing_the_link_to_join_tells_who_comes(event, come, west, post, form):
    held = event(online=True)
    come(held, "dora@example.org")
    post()
    actions.update_event(held, {"join_link": f"{JOIN}-2"}, [])
    (mail,) = post()
    assert f"{JOIN}-2" in str(entry(mail)[1]["description"])


@pytest.mark.parametrize(
    ("status", "verb"),
    [
        ("draft", "hold"),
        ("draft", "cancel"),
        ("published", "publish"),
        ("published", "hold"),  # before its time
        ("published", "delete"),
        ("cancelled", "publish"),
        ("cancelled", "cancel"),
        ("held", "cancel"),
        ("held", "delete"),
    ],
)
def test_what_cannot_be_done_is_said(event, west, status, verb):
    held = event(status=status)
    page = west.post(f"/events/{held.slug}/run/{verb}/", follow=True).content.decode()
    assert "This cannot be done with the event as it is now." in page
    held.refresh_from_db()
    assert held.status == status


def test_a_draft_is_deleted(event, west):
    held = event(status="draft")
    assert west.post(f"/events/{held.slug}/run/delete/")["Location"] == "/events/organise/"
    assert not Event.objects.exists()
    assert west.get("/events/no-such/run/").status_code == 404
    assert west.get(f"/events/{event().slug}/run/dance/").status_code == 404


def test_what_is_over_is_not_written_anew(event, west):
    held = event(status="held")
    assert west.get(f"/events/{held.slug}/edit/")["Location"] == f"/events/{held.slug}/run/"
    with pytest.raises(actions.NotNow):
        actions.update_event(held, {"title": "Another"}, [])
