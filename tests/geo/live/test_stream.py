"""Live news from the real server: at once, in order, all of it, and nothing that is hidden."""

import signal
import threading

from django.db import connection
from django.utils import timezone

from geo.counts.fold import CHANNEL
from geo.live import log
from geo.live.models import News
from pledges.counts.worker import fold_all
from pledges.pledging import actions
from pledges.pledging.models import Pledge
from tests.geo.live.listeners import Ear
from tests.processes import PATIENCE, elsewhere, eventually


def keys(events, word: str = "new") -> list[str]:
    """The keys of pledges in these events."""
    return [key for one in events for key in one.data.get("pledges", {}).get(word, [])]


def listening() -> int:
    """How many connections wait for notifications."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and backend_type = 'client backend' and pid <> pg_backend_pid()"
            " and query not like '%%pg_stat_activity%%'"
        )
        return cursor.fetchone()[0]


def test_what_happens_is_told_to_everybody_over_one_connection(port, pledge, bob):
    ears = [Ear(port) for _ in range(40)]
    for ear in ears:
        assert ear.headers["content-type"].startswith("text/event-stream")
        assert ear.headers["x-accel-buffering"] == "no"
        assert ear.hear().name == "hello"
    before = listening()
    made = pledge()
    fold_all()
    actions.join(made, bob)
    fold_all()
    for ear in ears:
        first, second = ear.hear(), ear.hear()
        assert first.data == {"pledges": {"new": [str(made.pk)]}}
        assert second.data == {"pledges": {"joined": [str(made.pk)]}}
        assert first.id < second.id
        ear.close()
    assert listening() == before == 1


def test_someone_who_comes_back_misses_nothing_while_many_write(port, pledge):
    """Several write, the fold goes on; a listener leaves again and again in mid-stream."""
    written: list[str] = []
    stop = threading.Event()

    def write() -> None:
        for _ in range(15):
            written.append(str(pledge(outcode="SO14").pk))

    def count() -> None:
        while not stop.is_set():
            fold_all()

    with Ear(port) as ear:
        last = ear.hear().id
    threads = [threading.Thread(target=elsewhere, args=(work,)) for work in (*[write] * 3, count)]
    for thread in threads:
        thread.start()
    heard: list[str] = []
    while any(thread.is_alive() for thread in threads[:3]) or len(heard) < len(written):
        with Ear(port, **{"Last-Event-ID": str(last)}) as ear:
            for event in ear.until("hello"):
                assert event.id >= last
                last = event.id
                heard += keys([event])
    stop.set()
    threads[-1].join(PATIENCE)
    assert sorted(heard) == sorted(written)


def test_replay_tells_nothing_of_what_was_hidden_since(port, pledge):
    before = log.newest()
    made = pledge("I will tell a secret.", outcode="SO14", display_name="Alice Secret")
    fold_all()
    Pledge.objects.filter(pk=made.pk).update(hidden_at=timezone.now())
    fold_all()
    with Ear(port, f"?since={before}") as ear:
        events = ear.until("hello")
    assert keys(events) == keys(events, "gone") == [str(made.pk)]
    assert "ecret" not in str(events)
    assert "SO14" not in str(events)


def test_an_id_that_the_log_does_not_reach_is_told_to_begin_anew(port, pledge):
    pledge()
    fold_all()
    for since in ("999999999", "1" * 18):
        with Ear(port, f"?since={since}") as ear:
            assert [event.name for event in ear.until("hello")] == ["reset", "hello"]
    oldest, _ = log.id_range()
    News.objects.filter(id=oldest).delete()
    pledge()
    fold_all()
    oldest, newest = log.id_range()
    with Ear(port, f"?since={oldest - 2}") as ear:
        assert ear.hear().name == "reset"
    with Ear(port, f"?since={oldest - 1}") as ear:
        assert [event.id for event in ear.until("hello")] == [newest, newest]


def test_a_lost_connection_to_the_database_loses_no_news(port, pledge):
    with Ear(port) as ear:
        ear.hear()
        with connection.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        made = pledge()
        fold_all()
        assert keys([ear.hear()]) == [str(made.pk)]


def test_no_news_hangs_on_a_notification(port, pledge):
    """A pooler may swallow them: the log is looked at in any case."""
    with Ear(port) as ear:
        ear.hear()
        made = pledge()
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into geo_news (collection, key, verb, at) values ('pledges', %s, 1, now())",
                [str(made.pk)],
            )
        assert keys([ear.hear()]) == [str(made.pk)]
    assert CHANNEL == "geo_news"


def test_more_listeners_than_places_are_asked_to_poll(port):
    ears = [Ear(port) for _ in range(50)]
    with Ear(port) as late:
        assert late.status == 503
        assert late.headers["retry-after"] == "60"
        assert late.body()["code"] == "unavailable"
    ears.pop().close()

    def free() -> bool:
        with Ear(port) as ear:
            return ear.status == 200

    eventually(free)
    for ear in ears:
        ear.close()


def test_what_is_no_id_is_refused(port):
    for query in ("?since=x", "?since=-1", "?since=" + "1" * 999, "?since=%00", "?other=1"):
        with Ear(port, query) as ear:
            assert ear.status == 400
            assert set(ear.body()) == {"code", "description"}
    with Ear(port, **{"Last-Event-ID": "\xff"}) as ear:
        assert ear.status == 400


def test_the_server_ends_at_once_with_listeners(server):
    port, process = server
    with Ear(port) as ear:
        assert ear.hear().name == "hello"
        process.send_signal(signal.SIGTERM)
        assert ear.hear() is None
    told = process.communicate(timeout=PATIENCE)[0]
    assert "Traceback" not in told
    assert "Cancel" not in told
