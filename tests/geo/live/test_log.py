"""The log of news: whatever path wrote, the fold tells of it; ids come in the order of commits."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from geo.counts.fold import LOG, fold
from geo.counts.models import Change
from geo.counts.rebuild import rebuild
from geo.counts.spec import NewsSource
from geo.live import log
from geo.live.models import News
from pledges.pledging import actions
from pledges.pledging.models import SPEC, Pledge
from tests.processes import PATIENCE, elsewhere, eventually

Verb = News.Verb
SOURCE = NewsSource(layer=99, collection="trials")


@pytest.fixture
def told(count_up):
    """Fold, and return what was told since: {number of the pledge: verbs}."""
    seen = [log.newest()]

    def tell() -> dict[str, set[int]]:
        count_up()
        found: dict[str, set[int]] = {}
        for news in News.objects.after(seen[0]):
            assert news.collection == "pledges"
            found.setdefault(news.key, set()).add(news.verb)
            seen[0] = news.id
        return found

    return tell


def test_what_happens_to_a_pledge_is_told(pledge, told, bob, ground):
    made = pledge(organisation=ground.hospital)
    key = str(made.pk)
    assert told() == {key: {Verb.NEW}}
    actions.join(made, bob)
    assert told() == {key: {Verb.JOINED}}
    actions.like(made, bob)
    assert told() == {key: {Verb.CHANGED}}
    row = Pledge.objects.filter(pk=made.pk)
    row.update(done_at=timezone.now())
    assert Verb.DONE in told()[key]
    row.update(team="Ward 4")
    assert told() == {key: {Verb.CHANGED}}
    ground.hospital.name = "Another Infirmary"
    ground.hospital.save()
    assert told() == {key: {Verb.CHANGED}}
    row.update(hidden_at=timezone.now())
    assert Verb.GONE in told()[key]
    row.update(text="Seen by nobody.", team="Nobody")
    assert told() == {}
    row.update(hidden_at=None)
    assert Verb.NEW in told()[key]
    made.delete()
    assert Verb.GONE in told()[key]


def test_who_is_not_public_is_not_told_of(pledge, told):
    pledge(confirmed=False).delete()
    assert told() == {}


def test_counting_afresh_loses_no_news(committed, pledge, told):
    made = pledge()
    rebuild([SPEC])
    assert told() == {str(made.pk): {Verb.CHANGED}}


def test_a_table_that_was_emptied_is_told_of_as_a_whole(committed, pledge, told):
    pledge()
    told()
    with connection.cursor() as cursor:
        cursor.execute("truncate pledges_pledge cascade")
    assert told() == {"": {Verb.ANEW}}


def fold_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists(select from pg_locks where objid = %s and not granted)", [LOG]
        )
        return cursor.fetchone()[0]


def test_whoever_sees_an_id_has_seen_all_before_it(committed, ground, pledge):
    """A fold that has its ids and is not committed holds up the fold of another layer."""
    Change.objects.create(layer=SOURCE.layer, sign=1, key="first")
    made = pledge()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert fold(SOURCE) == 1
            later = pool.submit(elsewhere, partial(fold, SPEC))
            eventually(fold_waits)
            assert not elsewhere(News.objects.exists)
        assert later.result(PATIENCE) == 1
    assert list(News.objects.order_by("id").values_list("key", flat=True)) == [
        "first",
        str(made.pk),
    ]
