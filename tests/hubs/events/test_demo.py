"""The demo's events: made up, marked so, and always some to come."""

import datetime

from django.core.management import call_command
from django.utils import timezone

from hubs.events.demo import seed
from hubs.events.models import Event
from pledges.accounts.retention import remove_demo


def test_there_are_some_of_each_hub_and_some_national(hubs, client):
    assert seed() == 10
    assert not Event.objects.filter(demo=False).exists()
    for hub in hubs.values():
        assert Event.objects.upcoming().filter(hub=hub).count() == 3
        assert Event.objects.past().filter(hub=hub).count() == 1
    assert Event.objects.upcoming().filter(hub=None).count() == 2
    page = client.get("/events/").content.decode()
    assert page.count('nhsuk-tag--yellow">Demo') == 8
    tile = client.get("/tiles/events/0/0/0.json").json()
    assert tile["demo"]
    assert sum(one["properties"]["count"] for one in tile["features"]) == 6


def test_they_are_written_anew_once_all_are_over(hubs):
    call_command("seed_events", if_none=True, verbosity=0)
    first = set(Event.objects.values_list("pk", flat=True))
    call_command("seed_events", if_none=True, verbosity=0)
    assert set(Event.objects.values_list("pk", flat=True)) == first
    past = timezone.now() - datetime.timedelta(days=9)
    Event.objects.update(starts_at=past, ends_at=past + datetime.timedelta(hours=1))
    call_command("seed_events", if_none=True, verbosity=0)
    assert len(first) == Event.objects.count()
    assert not first & set(Event.objects.values_list("pk", flat=True))


def test_they_go_with_the_rest_of_the_demo(hubs):
    seed()
    remove_demo()
    assert not Event.objects.exists()
