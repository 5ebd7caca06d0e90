"""Events at the operators' desk: found, looked at, and saved the organisers' way."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from hubs.events.models import Event, Registration
from tests.hubs.conftest import hubs, hubs_file
from tests.hubs.events.conftest import come, event
from tests.pledges.accounts.conftest import post

__all__ = ["come", "event", "hubs", "hubs_file", "post"]
LIST = "/admin/hubs/event/"


def form_of(made: Event, **more: object) -> dict[str, object]:
    given = {"title": made.title, "kind": made.kind, "hub": made.hub_id or ""}
    return given | {"description": made.description, "capacity": made.capacity or "", **more}


def page_of(made: Event) -> str:
    return reverse("admin:hubs_event_change", args=[made.pk])


def titles(desk, query: str) -> list[str]:
    return sorted(one.title for one in desk.get(f"{LIST}?{query}").context["cl"].result_list)


def test_found_by_words_and_filters(desk, event):
    event("Clean hands")
    event("Soup", hub=None, status="draft", online=True)
    assert titles(desk, "q=hands") == titles(desk, "status__exact=published") == ["Clean hands"]
    assert titles(desk, "online__exact=1") == ["Soup"]


def test_the_place_is_drawn_and_the_link_to_join_is_not_told(desk, event):
    page = desk.get(page_of(event())).content.decode()
    assert "data-admin-map" in page
    assert "geo/admin-map" in page
    online = desk.get(page_of(event("Webinar", online=True))).content.decode()
    assert "secret-room" not in online
    assert f"/events/{Event.objects.get(title='Webinar').slug}/run/" in online


def test_what_is_saved_goes_the_organisers_way(desk, event, come, post):
    made = event(capacity=1)
    come(made, "dora@example.org")
    waits = come(made, "erik@example.org")
    assert waits.waiting
    post()
    answer = desk.post(page_of(made), form_of(made, capacity=2))
    assert answer.status_code == 302
    waits.refresh_from_db()
    assert waits.placed
    assert Event.objects.get().sequence == 0
    desk.post(page_of(made), form_of(made, capacity=2, title="Cleaner hands"))
    changed = Event.objects.get()
    assert (changed.title, changed.sequence) == ("Cleaner hands", 1)
    assert Registration.objects.placed().count() == 2


def test_times_places_and_states_are_not_changed_here(desk, event):
    made = event()
    later = made.starts_at + datetime.timedelta(days=9)
    desk.post(
        page_of(made),
        form_of(made, status="cancelled", starts_at_0=later.date(), place="Elsewhere", slug="x"),
    )
    kept = Event.objects.get()
    assert (kept.status, kept.starts_at, kept.place) == ("published", made.starts_at, made.place)
    assert kept.slug == made.slug


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_what_is_over_is_only_looked_at(desk, event, status):
    made = event(status=status, starts_at=timezone.now() - datetime.timedelta(days=1))
    assert desk.get(page_of(made)).status_code == 200
    assert desk.post(page_of(made), form_of(made, title="Other")).status_code == 403
    assert Event.objects.get().title == made.title
