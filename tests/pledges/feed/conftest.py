"""Pledges and posts of the same words, for what holds of every list."""

import datetime

import pytest
from django.utils import timezone

from tests.hubs.conversation.conftest import counted, post, themes

__all__ = ["counted", "post", "themes"]


@pytest.fixture
def written(ground, pledge, post, count_up, counted) -> dict[str, list[int]]:
    """Numbers of twelve pledges and of twelve posts, the newest first, some at one moment."""
    begin = timezone.now() - datetime.timedelta(days=30)
    numbers = {"pledges": [], "posts": []}
    places = ({"organisation": ground.hospital}, {"region": ground.east}, {"outcode": "SO14"})
    for n in range(12):
        at, place = begin + datetime.timedelta(days=n // 2), places[n % 3]
        pledged = pledge(f"I will bring lockers, {n}.", done=n % 4 == 0, on=at, **place)
        posted = post(f"More lockers, {n}.", created_at=at, **place)
        numbers["pledges"].append(pledged.pk)
        numbers["posts"].append(posted.pk)
    count_up()
    counted()
    return {name: keys[::-1] for name, keys in numbers.items()}
