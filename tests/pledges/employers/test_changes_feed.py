"""What employers adopt and do is told of at /api/changes, for mirrors."""

import pytest

from geo.live import log
from pledges.counts.worker import fold_all
from pledges.employers.models.actions import Action
from pledges.employers.models.adoptions import Adoption

pytestmark = pytest.mark.django_db


def kinds_since(client, before: int) -> dict[tuple[str, str], str]:
    fold_all()
    told = client.get(f"/api/changes?since={before}&collection=adoptions,actions").json()
    for one in told["changes"]:
        if one["kind"] != "gone":
            assert client.get(one["href"].removeprefix("http://testserver")).status_code == 200
    return {(one["collection"], one["feature"]): one["kind"] for one in told["changes"]}


def test_adoptions_and_actions_are_told_of(client, ground, adoption, action):
    before = log.newest()
    adopted, doing = adoption(), action()
    keys = ("adoptions", str(adopted.pk)), ("actions", str(doing.pk))
    assert kinds_since(client, before) == dict.fromkeys(keys, "new")
    before = log.newest()
    Adoption.objects.update(lead="Chief nurse")
    Action.objects.update(title="Another title")
    assert kinds_since(client, before) == dict.fromkeys(keys, "changed")
    before = log.newest()
    Action.objects.update(baseline=3)  # of which the collection tells nothing
    assert kinds_since(client, before) == {}
    doing.delete()
    adopted.delete()
    assert kinds_since(client, before) == dict.fromkeys(keys, "gone")
