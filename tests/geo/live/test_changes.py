"""A mirror that follows /api/changes ends equal to the collection, and learns of nothing hidden."""

import datetime
import random

import pytest
from django.utils import timezone

from geo.counts.fold import fold
from geo.live import log
from geo.live.models import News
from hubs.events.models import Event
from hubs.hub.models import Hub
from pledges.accounts.models import User
from pledges.counts.worker import fold_all
from pledges.pledging import actions
from pledges.pledging.models import SPEC, Pledge
from tests.geo.ogcapi import catalogue

ITEMS = "/api/collections/pledges/items"


class Mirror:
    """A copy of the collection, kept as the documentation says."""

    def __init__(self, client) -> None:
        self.client = client
        self.at = self.get("/api/changes")["at"]
        self.features = self.copied()

    def get(self, path: str, status: int = 200) -> dict:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.content
        return answer.json()

    def copied(self) -> dict[str, dict]:
        found = self.get(f"{ITEMS}?limit=10000")["features"]
        return {str(each["id"]): each for each in found}

    def follow(self) -> list[dict]:
        heard = []
        address = f"/api/changes?since={self.at}&collection=pledges&limit=4"
        while address:
            page = self.get(address)
            for entry in page["changes"]:
                self.keep(entry)
            heard += page["changes"]
            self.at = page["at"]
            following = [each["href"] for each in page["links"] if each["rel"] == "next"]
            address = following[0].removeprefix("http://testserver") if following else ""
        return heard

    def keep(self, entry: dict) -> None:
        if entry["kind"] == "gone":
            self.features.pop(entry["feature"], None)
            return
        feature = self.get(entry["href"].removeprefix("http://testserver"))
        assert str(feature["id"]) == entry["feature"]
        del feature["links"]
        self.features[entry["feature"]] = feature


def some_change(dice: random.Random, ground, pledge, people: list[User]) -> None:
    """Do one of the things that happen to pledges."""
    rows = list(Pledge.objects.order_by("pk"))
    places = ({"outcode": "SO14"}, {"organisation": ground.hospital}, {"region": ground.east}, {})
    if len(rows) < 5:
        pledge(**dice.choice(places))
        return
    one = dice.choice(rows)
    row = Pledge.objects.filter(pk=one.pk)
    person = dice.choice(people)
    public = one.public
    dice.choice(
        [
            lambda: pledge(**dice.choice(places)),
            lambda: pledge(confirmed=False),
            lambda: row.update(text=f"I will listen {dice.random()}."),
            lambda: row.update(team=f"Ward {dice.randint(1, 9)}"),
            lambda: row.update(due=datetime.date(2030, 1, dice.randint(1, 28))),
            lambda: row.update(done_at=dice.choice([None, timezone.now()])),
            lambda: row.update(hidden_at=dice.choice([None, timezone.now()])),
            lambda: row.update(withdrawn_at=dice.choice([None, timezone.now()])),
            lambda: public and actions.join(one, person),
            lambda: public and actions.like(one, person),
            lambda: public and actions.leave(one, person),
            lambda: public and actions.unlike(one, person),
            lambda: one.delete(),
            lambda: ground.hospital.save(),
        ]
    )()


def rename(organisation, name: str) -> None:
    organisation.name = name
    organisation.save()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_mirror_ends_equal_to_the_collection(client, ground, pledge, alice, bob, charlie, seed):
    dice = random.Random(seed)
    pledge(organisation=ground.hospital)
    fold_all()
    mirror = Mirror(client)
    for _ in range(8):
        for _ in range(dice.randint(1, 8)):
            some_change(dice, ground, pledge, [alice, bob, charlie])
        fold_all()
        mirror.follow()
    rename(ground.hospital, "Another Infirmary")
    fold_all()
    mirror.follow()
    assert mirror.features == mirror.copied() != {}
    assert mirror.follow() == []


def test_organisations_hubs_and_events_are_told_of(client, ground):
    hub = catalogue.write_hubs(ground)
    catalogue.write_events(ground, hub)
    fold_all()
    before = log.newest()
    event = Event.objects.public().first()
    draft = Event.objects.public().last()
    rename(ground.hospital, "Another Infirmary")
    rename(Hub.objects.first(), "Another hub")
    Event.objects.filter(pk=event.pk).update(title="Another title")
    Event.objects.filter(pk=draft.pk).update(status="draft")
    fold_all()
    told = client.get(f"/api/changes?since={before}&collection=organisations,hubs,events").json()
    kinds = {(one["collection"], one["feature"]): one["kind"] for one in told["changes"]}
    assert kinds == {
        ("organisations", ground.hospital.public_code): "changed",
        ("hubs", Hub.objects.first().code): "changed",
        ("events", event.slug): "changed",
        ("events", draft.slug): "gone",
    }
    for one in told["changes"]:
        if one["kind"] != "gone":
            assert client.get(one["href"].removeprefix("http://testserver")).status_code == 200


def test_what_was_hidden_since_is_a_tombstone_and_nothing_else(client, pledge):
    before = log.newest()
    made = pledge("I will tell a secret.", display_name="Alice Secret")
    kept = pledge()
    fold_all()
    Pledge.objects.filter(pk=made.pk).update(hidden_at=timezone.now())
    told = client.get(f"/api/changes?since={before}").json()["changes"]
    by_key = {entry["feature"]: entry for entry in told}
    assert set(by_key[str(made.pk)]) == {"id", "collection", "feature", "kind"}
    assert by_key[str(made.pk)]["kind"] == "gone"
    assert by_key[str(kept.pk)]["kind"] == "new"


def test_where_the_log_does_not_reach_is_410_in_plain_words(client, pledge):
    for _ in range(3):
        pledge()
        fold(SPEC)
    oldest, newest = log.id_range()
    News.objects.filter(id=oldest).delete()
    for since in (oldest - 1, newest + 1):
        answer = client.get(f"/api/changes?since={since}")
        assert answer.status_code == 410
        assert answer.json()["code"] == "no-longer-kept"
        assert f"since={newest}" in answer.json()["description"]
    assert len(client.get(f"/api/changes?since={oldest}").json()["changes"]) == 2
    News.objects.create(collection="pledges", verb=News.Verb.ANEW, at=timezone.now())
    assert client.get(f"/api/changes?since={newest}").status_code == 410


def test_trimming_keeps_the_entry_from_which_nothing_is_missing(pledge):
    now = timezone.now()
    for days in (40, 35, 31, 2, 1):
        at = now - datetime.timedelta(days=days)
        News.objects.create(collection="pledges", key=str(days), verb=1, at=at)
    News.objects.older_than(now - datetime.timedelta(days=30)).delete()
    assert list(News.objects.order_by("id").values_list("key", flat=True)) == ["31", "2", "1"]


def test_a_quiet_country_is_304(client, pledge):
    pledge()
    fold(SPEC)
    first = client.get(f"/api/changes?since={log.newest()}")
    again = client.get(
        f"/api/changes?since={log.newest()}", headers={"If-None-Match": first["ETag"]}
    )
    assert (first.status_code, again.status_code) == (200, 304)


@pytest.mark.parametrize(
    "query", ["since=x", "since=-1", "since=9" + "9" * 30, "collection=people", "since=1&limit=0"]
)
def test_what_cannot_be_read_is_400(client, db, query):
    answer = client.get(f"/api/changes?{query}")
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "description"}
