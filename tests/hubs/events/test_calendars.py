"""Calendars, read as a calendar program reads them: times, changes, and hostile words."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from hubs.events import actions, calendars
from hubs.events.models import Event
from tests.hubs.events.conftest import JOIN, entry

LONDON = ZoneInfo("Europe/London")
UTC = datetime.UTC
HOSTILE = 'Tea, "cake"; and more\r\nEND:VEVENT\r\nBEGIN:VALARM\\n:X'
SUMMER = datetime.datetime(2027, 7, 1, 13, 30, tzinfo=UTC)


def read(answer) -> Calendar:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def entries(calendar: Calendar) -> dict[str, object]:
    return {str(one["summary"]): one for one in calendar.walk("VEVENT")}


@pytest.mark.parametrize(
    ("starts_at", "local"),
    [
        (datetime.datetime(2027, 7, 1, 13, 30, tzinfo=UTC), "2027-07-01T14:30:00+01:00"),
        (datetime.datetime(2027, 1, 7, 13, 30, tzinfo=UTC), "2027-01-07T13:30:00+00:00"),
        # The clocks go back on 31 October 2027 at 01:00 UTC: the hour from one comes twice.
        (datetime.datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "2027-10-31T01:30:00+01:00"),
        (datetime.datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "2027-10-31T01:30:00+00:00"),
        (datetime.datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "2027-03-28T02:00:00+01:00"),
    ],
)
def test_the_moment_is_right_over_a_change_of_the_clocks(event, client, starts_at, local):
    held = event(starts_at=starts_at)
    calendar = read(client.get(f"/events/{held.slug}/event.ics"))
    (one,) = calendar.walk("VEVENT")
    # A time that comes twice is equal to no moment of another zone, so it is brought into theirs.
    assert one["dtstart"].dt.astimezone(UTC) == starts_at
    assert one["dtstart"].dt.astimezone(LONDON).isoformat() == local
    # The zone that comes along says the same as the one that the reader has.
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Europe/London"
    own = zone.to_tz(lookup_tzid=False)
    before = one["dtstart"].dt.astimezone(LONDON).replace(tzinfo=None)
    if one["dtstart"].params.get("tzid") and starts_at.month != 10:
        assert before.replace(tzinfo=own).astimezone(UTC) == starts_at


def test_our_zone_changes_when_london_does():
    (zone,) = calendars._calendar("PUBLISH").walk("VTIMEZONE")
    own = zone.to_tz(lookup_tzid=False)
    for year in (2026, 2030, 2037):
        for month in range(1, 13):
            for day in (1, 15, 28):
                noon = datetime.datetime(year, month, day, 12)  # noqa: DTZ001 - given its zone below
                assert (
                    noon.replace(tzinfo=own).utcoffset() == noon.replace(tzinfo=LONDON).utcoffset()
                )


def test_hostile_words_stay_words(event, client):
    held = event(title="Fine", description=HOSTILE)
    Event.objects.filter(pk=held.pk).update(title=HOSTILE.replace("\r\n", "\n"), place=HOSTILE)
    body = client.get("/events/calendar.ics").content
    assert body.count(b"BEGIN:VEVENT") == body.count(b"\r\nEND:VEVENT\r\n") == 1
    assert b"\r\nBEGIN:VALARM" not in body
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    (one,) = Calendar.from_ical(body).walk("VEVENT")
    assert str(one["summary"]) == 'Tea, "cake"; and more END:VEVENT BEGIN:VALARM\\n:X'
    assert 'Tea, "cake"; and more\nEND:VEVENT\nBEGIN:VALARM' in str(one["description"])


def test_a_hostile_name_stays_a_name(event, come, post):
    row = come(event(), "dora@example.org")
    row.name = 'D";CN=X:mailto:eve@example.org\r\nATTENDEE:mailto:eve@example.org'
    row.event.hub.name = row.name
    found = Calendar.from_ical(calendars.invitation(row))
    (one,) = found.walk("VEVENT")
    assert str(one["attendee"]) == "mailto:dora@example.org"
    assert one["attendee"].params["CN"].startswith("D';CN=X")
    assert str(one["organizer"]).startswith("mailto:changemap@")


def test_a_change_is_the_same_entry_with_a_higher_sequence(event, come, post):
    held = event(starts_at=SUMMER)
    row = come(held, "dora@example.org")
    method, first = entry(post()[0])
    assert (method, first["sequence"], first["dtstart"].dt) == ("REQUEST", 0, SUMMER)
    assert str(first["attendee"]) == "mailto:dora@example.org"
    later = SUMMER + datetime.timedelta(days=1)
    actions.update_event(
        held, {"starts_at": later, "ends_at": later + datetime.timedelta(hours=2)}, []
    )
    (mail,) = post()
    method, changed = entry(mail)
    assert mail.message["Subject"] == "Changed: Clean hands for all"
    assert (method, changed["sequence"], changed["dtstart"].dt) == ("REQUEST", 1, later)
    assert changed["uid"] == first["uid"]
    actions.update_event(held, {"place": "Room 9"}, [])
    (mail,) = post()
    assert entry(mail)[1]["sequence"] == 2
    assert "Room 9" in mail.text
    # New words move calendars on, and nobody is written to.
    actions.update_event(held, {"title": "Cleaner hands"}, [])
    assert post() == []
    actions.cancel_registration(row)
    method, gone = entry(post()[0])
    assert (method, gone["sequence"], str(gone["status"])) == ("CANCEL", 4, "CANCELLED")
    assert gone["uid"] == first["uid"]
    come(held, "dora@example.org")
    method, back = entry(post()[0])
    assert (method, back["sequence"]) == ("REQUEST", 5)


def test_a_cancelled_event_is_cancelled_in_calendars(event, come, post, client):
    held = event(capacity=1)
    come(held, "dora@example.org")
    come(held, "emil@example.org")
    post()
    actions.cancel(held)
    mails = {mail.message["To"]: mail for mail in post()}
    assert set(mails) == {"dora@example.org", "emil@example.org"}
    method, one = entry(mails["dora@example.org"])
    assert (method, str(one["status"]), one["sequence"]) == ("CANCEL", "CANCELLED", 1)
    # Who waited has nothing in their calendar.
    assert not any(
        part.get_content_type() == "text/calendar"
        for part in mails["emil@example.org"].message.walk()
    )
    (told,) = read(client.get("/events/calendar.ics")).walk("VEVENT")
    assert (str(told["status"]), told["sequence"]) == ("CANCELLED", 1)


def test_calendars_are_of_a_hub_an_area_or_a_kind(event, hubs, ground, client):
    event("West stand", kind="stand")
    event("West webinar", kind="webinar", online=True)
    event("East webinar", kind="webinar", online=True, hub=hubs["east"])
    event("National forum", kind="forum", online=True, hub=None)
    event("A draft", status=Event.Status.DRAFT)

    def titles(query: str) -> set[str]:
        return set(entries(read(client.get(f"/events/calendar.ics{query}"))))

    assert len(titles("")) == 4
    assert titles("?hub=west") == {"West stand", "West webinar"}
    assert titles("?hub=Y59") == {"East webinar"}
    assert titles("?hub=national") == {"National forum"}
    assert titles("?area=Y58") == {"West stand", "West webinar"}
    assert titles("?area=E07000001&kind=stand") == {"West stand"}
    assert titles("?area=E92000001&kind=webinar,forum") == {"West webinar", "East webinar"}
    assert client.get("/events/calendar.ics?hub=north").status_code == 400
    assert client.get("/events/calendar.ics?q=x").status_code == 400


def test_an_unchanged_calendar_is_not_sent_again(event, client):
    held = event()
    first = client.get("/events/calendar.ics")
    tag, last = first["ETag"], first["Last-Modified"]
    assert client.get("/events/calendar.ics", headers={"If-None-Match": tag}).status_code == 304
    since = {"If-Modified-Since": last}
    assert client.get("/events/calendar.ics", headers=since).status_code == 304
    actions.update_event(held, {"title": "Another title"}, [])
    again = client.get("/events/calendar.ics", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again["ETag"] != tag


def test_the_link_to_join_is_in_the_calendar_of_who_has_a_place_alone(event, come, post, client):
    held = event(online=True, capacity=1)
    come(held, "dora@example.org")
    come(held, "emil@example.org")
    mails = {mail.message["To"]: mail for mail in post()}
    assert JOIN in str(entry(mails["dora@example.org"])[1]["description"])
    assert JOIN not in mails["emil@example.org"].message.as_string()
    assert JOIN not in mails["emil@example.org"].text
    assert JOIN.encode() not in client.get("/events/calendar.ics").content
